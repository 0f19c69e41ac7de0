namespace Guard.Core.Training;

/// <summary>How clicks are labelled. The windows and the RFM threshold are Guard's defaults: none is published.</summary>
public sealed record WeakLabelOptions
{
    /// <summary>Gets how long after a click a purchase that names it counts as led to by it.</summary>
    /// <value>The default is 7 days.</value>
    public TimeSpan JoinWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets the age that a click must have reached to be labelled. Shorter than <see cref="JoinWindow"/>, it calls the slowest buyers non-human.</summary>
    /// <value>The default is 7 days.</value>
    public TimeSpan Maturity { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets the sum of the recency, frequency and monetary quintiles, 3 to 15, from which a user is human; 16 turns RFM off.</summary>
    /// <value>The default is 12.</value>
    public int HighRfm { get; init; } = 12;

    /// <summary>Gets how often RFM scores are computed anew. A click takes those of its period's start, so it never sees a later purchase.</summary>
    /// <value>The default is 1 day.</value>
    public TimeSpan RfmPeriod { get; init; } = TimeSpan.FromDays(1);

    internal void Validate()
    {
        // Times are whole milliseconds, so a shorter span than one would be none.
        Require.That(JoinWindow, JoinWindow.TotalMilliseconds >= 1, "positive");
        Require.That(RfmPeriod, RfmPeriod.TotalMilliseconds >= 1, "positive");
        Require.That(Maturity, Maturity >= TimeSpan.Zero, "zero or more");
        Require.That(HighRfm, HighRfm is >= 3 and <= 16, "from 3 to 16");
    }
}
