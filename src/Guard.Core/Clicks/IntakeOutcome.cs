namespace Guard.Core.Clicks;

/// <summary>What became of an event at intake.</summary>
public enum IntakeOutcome : byte
{
    /// <summary>It is in the batch.</summary>
    Accepted = 0,

    /// <summary>Its <c>source</c> and <c>id</c> were seen within the window; it was dropped.</summary>
    Duplicate = 1,

    /// <summary>It is in quarantine.</summary>
    Rejected = 2,
}
