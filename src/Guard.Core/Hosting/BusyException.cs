namespace Guard.Core.Hosting;

/// <summary>The host takes nothing in for the moment: too much waits, its disk is full, or it is stopping. The message says which, in one line.</summary>
public sealed class BusyException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="message">What is the matter.</param>
    /// <param name="retryAfter">When to come again.</param>
    /// <param name="unfit">Whether the host itself is unfit (HTTP 503) rather than its queue full (HTTP 429).</param>
    public BusyException(string message, TimeSpan retryAfter, bool unfit = false)
        : base(message) => (RetryAfter, Unfit) = (retryAfter, unfit);

    /// <summary>Gets when to come again.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>Gets whether the host itself is unfit, rather than its queue full.</summary>
    public bool Unfit { get; }
}
