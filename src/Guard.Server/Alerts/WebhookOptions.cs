namespace Guard.Server.Alerts;

/// <summary>Where alerts are sent, and how patiently. The figures are Guard's own choices.</summary>
public sealed record WebhookOptions
{
    /// <summary>Gets the address; <c>https</c>, or <c>http</c> on this machine.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the secrets by which deliveries are signed, one or more: while a secret is changed, the new one and the old one.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>
    /// Gets the file that remembers up to which alert event all was delivered; <see langword="null"/> where processes share that in the artifact store, and take
    /// turns at delivering.
    /// </summary>
    public string? CursorFile { get; init; }

    /// <summary>Gets after how long without a sign of life another process takes the turn over, in [1 s, 10 min]; only where processes share. Default: 30 s.</summary>
    public TimeSpan TurnExpiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long the receiver may take to answer, in [100 ms, 2 min]. Default: 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets after how long a failed delivery is tried again first, in [1 ms, 1 h]; each further wait is twice as long, less up to a half at random. Default: 5 s.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the longest wait between tries, from <see cref="FirstRetry"/> to 1 day. Default: 30 min.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets how often an event is tried that the receiver refuses for its content (400, 413, 415, 422), at least 1. Default: 8.</summary>
    public int RefusedTries { get; init; } = 8;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it and the mend.</exception>
    public void Validate()
    {
        var isSafe = Address.IsAbsoluteUri && (Address.Scheme == Uri.UriSchemeHttps || (Address.Scheme == Uri.UriSchemeHttp && Address.IsLoopback));
        Require(isSafe, nameof(Address), "alerts leave this machine by https only; give an address such as https://example.com/hook");
        Require(Address.UserInfo.Length == 0, nameof(Address), "deliveries are signed, so leave out the name and password");
        Require(Secrets.Count is >= 1 and <= 8, nameof(Secrets), "give one to eight");
        Require(CursorFile is null or { Length: > 0 }, nameof(CursorFile), "give a path in the data folder");
        Require(TurnExpiry >= TimeSpan.FromSeconds(1) && TurnExpiry <= TimeSpan.FromMinutes(10), nameof(TurnExpiry), "give 1 s to 10 min");
        Require(Timeout >= TimeSpan.FromMilliseconds(100) && Timeout <= TimeSpan.FromMinutes(2), nameof(Timeout), "give 100 ms to 2 min");
        Require(FirstRetry >= TimeSpan.FromMilliseconds(1) && FirstRetry <= TimeSpan.FromHours(1), nameof(FirstRetry), "give 1 ms to 1 h");
        Require(LongestRetry >= FirstRetry && LongestRetry <= TimeSpan.FromDays(1), nameof(LongestRetry), $"give {nameof(FirstRetry)} to 1 day");
        Require(RefusedTries >= 1, nameof(RefusedTries), "give at least 1");
    }

    private static void Require(bool holds, string name, string mend)
    {
        if (!holds)
        {
            throw new ArgumentException($"The webhook option {name} does not do: {mend}.", name);
        }
    }
}
