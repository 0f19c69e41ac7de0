namespace Guard.Core.Clicks;

/// <summary>How many events had which outcome since the start of the process.</summary>
public sealed class IntakeCounts
{
    private readonly long[] _rejects = new long[(int)RejectReason.ReservedName + 1];

    /// <summary>Gets or sets the clicks taken in, with the late ones.</summary>
    public long Clicks { get; set; }

    /// <summary>Gets or sets the purchases taken in.</summary>
    public long Purchases { get; set; }

    /// <summary>Gets or sets the telemetry readings taken in.</summary>
    public long Telemetry { get; set; }

    /// <summary>Gets or sets the events dropped as duplicates.</summary>
    public long Duplicates { get; set; }

    /// <summary>Gets or sets the clicks marked <see cref="ClickTraits.Late"/>.</summary>
    public long Late { get; set; }

    /// <summary>Gets or sets the clicks marked <see cref="ClickTraits.TooLate"/>.</summary>
    public long TooLate { get; set; }

    /// <summary>Gets the events in quarantine.</summary>
    public long Rejected { get; private set; }

    /// <summary>Gets the events in quarantine for one reason.</summary>
    public long RejectedFor(RejectReason reason) => _rejects[(int)reason];

    /// <summary>Counts an event in quarantine.</summary>
    public void AddRejection(RejectReason reason)
    {
        Rejected++;
        _rejects[(int)reason]++;
    }
}
