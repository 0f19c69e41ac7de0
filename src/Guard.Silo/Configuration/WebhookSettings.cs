using Guard.Server.Alerts;

namespace Guard.Silo.Configuration;

/// <summary>Where the cluster sends alerts, one silo for all. Section <c>Guard:Webhook</c>.</summary>
public sealed record WebhookSettings
{
    private static readonly WebhookOptions s_defaults = new() { Address = new Uri("https://localhost"), Secrets = [] };

    /// <summary>Gets the address; <c>https</c>, or <c>http</c> on this machine.</summary>
    public Uri? Address { get; init; }

    /// <summary>Gets the secrets by which deliveries are signed: <c>whsec_</c> and the Base64 of 24 to 64 random bytes, one to eight of them.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Gets how long the receiver may take to answer, in [100 ms, 2 min]. Default: 15 s.</summary>
    public TimeSpan Timeout { get; init; } = s_defaults.Timeout;

    /// <summary>Gets after how long a failed delivery is tried again first, in [1 ms, 1 h]. Default: 5 s.</summary>
    public TimeSpan FirstRetry { get; init; } = s_defaults.FirstRetry;

    /// <summary>Gets the longest wait between tries, from <see cref="FirstRetry"/> to 1 day. Default: 30 min.</summary>
    public TimeSpan LongestRetry { get; init; } = s_defaults.LongestRetry;

    /// <summary>Gets after how long without a sign of life of the silo that delivers another one does, in [1 s, 10 min]. Default: 30 s.</summary>
    public TimeSpan TurnExpiry { get; init; } = s_defaults.TurnExpiry;

    internal WebhookOptions ToOptions() => new()
    {
        Address = Address!,
        Secrets = [.. Secrets.Select(WebhookSecret.Parse)],
        Timeout = Timeout,
        FirstRetry = FirstRetry,
        LongestRetry = LongestRetry,
        TurnExpiry = TurnExpiry,
    };

    internal void Validate()
    {
        Setting.Require(Address is not null, "Webhook", nameof(Address), "give where alerts are sent, such as https://example.com/hook");
        try
        {
            Setting.Check("Webhook", ToOptions().Validate);
        }
        catch (FormatException exception)
        {
            throw new SiloConfigurationException($"{SiloConfiguration.Section}:Webhook:{nameof(Secrets)}: {exception.Message}", exception);
        }
    }
}
