using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Server.Alerts;

namespace Guard.Cli.Serve;

/// <summary>The webhook's settings, as the environment holds them: <c>GUARD__WEBHOOK__ADDRESS</c> and <c>GUARD__WEBHOOK__SECRETS__0</c> are enough.</summary>
internal sealed record WebhookSettings
{
    /// <summary>Gets the address; <see langword="null"/> sends nothing.</summary>
    public Uri? Address { get; init; }

    /// <summary>Gets the secrets that sign.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Gets how long the receiver may take; the webhook's default where left out.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the first wait after a failure; the webhook's default where left out.</summary>
    public TimeSpan? FirstRetry { get; init; }

    /// <summary>Gets the longest wait; the webhook's default where left out.</summary>
    public TimeSpan? LongestRetry { get; init; }

    /// <summary>Gets the webhook's options; <see langword="null"/> where there is no address.</summary>
    /// <exception cref="CommandException">A secret is none.</exception>
    public WebhookOptions? ToOptions(DataFolder data)
    {
        if (Address is null)
        {
            return null;
        }

        try
        {
            var options = new WebhookOptions
            {
                Address = Address,
                Secrets = [.. Secrets.Select(WebhookSecret.Parse)],
                CursorFile = Path.Combine(data.Path, "webhook.cursor"),
            };
            return options with
            {
                Timeout = Timeout ?? options.Timeout,
                FirstRetry = FirstRetry ?? options.FirstRetry,
                LongestRetry = LongestRetry ?? options.LongestRetry,
            };
        }
        catch (FormatException exception)
        {
            throw new CommandException($"GUARD__WEBHOOK__SECRETS__0: {exception.Message}");
        }
    }
}
