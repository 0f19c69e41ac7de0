namespace Guard.Core.Clicks;

/// <summary>How many events had which outcome since the start of the process.</summary>
public sealed class IntakeCounts
{
    private readonly long[] _rejects = new long[(int)RejectReason.NoIdentity + 1];

    /// <summary>Gets the clicks taken in, with the late ones.</summary>
    public long Clicks { get; internal set; }

    /// <summary>Gets the purchases taken in.</summary>
    public long Purchases { get; internal set; }

    /// <summary>Gets the telemetry readings taken in.</summary>
    public long Telemetry { get; internal set; }

    /// <summary>Gets the events dropped as duplicates.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Gets the clicks marked <see cref="ClickTraits.Late"/>.</summary>
    public long Late { get; internal set; }

    /// <summary>Gets the clicks marked <see cref="ClickTraits.TooLate"/>.</summary>
    public long TooLate { get; internal set; }

    /// <summary>Gets the events in quarantine.</summary>
    public long Rejected { get; private set; }

    /// <summary>Gets the events in quarantine for one reason.</summary>
    public long RejectedFor(RejectReason reason) => _rejects[(int)reason];

    internal void AddRejection(RejectReason reason)
    {
        Rejected++;
        _rejects[(int)reason]++;
    }
}
