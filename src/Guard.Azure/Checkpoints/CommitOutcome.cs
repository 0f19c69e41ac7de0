namespace Guard.Azure.Checkpoints;

/// <summary>What became of a position that was to be committed.</summary>
public enum CommitOutcome
{
    /// <summary>It stands.</summary>
    Committed,

    /// <summary>It is not ahead of the one that stands, which stays.</summary>
    NotAhead,

    /// <summary>Somebody else has moved the position since it was loaded: stop reading the partition, or load again.</summary>
    Superseded,
}
