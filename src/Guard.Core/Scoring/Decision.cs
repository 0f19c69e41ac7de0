using Guard.Core.Clicks;

namespace Guard.Core.Scoring;

/// <summary>What was decided about one click, and what decided it.</summary>
public record struct Decision
{
    /// <summary>Gets or sets the verdict.</summary>
    public Verdict Verdict { get; set; }

    /// <summary>Gets or sets the stage that decided.</summary>
    public DecisionStage Stage { get; set; }

    /// <summary>Gets or sets the index of the list entry that matched; −1 where the model decided.</summary>
    public int ListEntry { get; set; }

    /// <summary>Gets or sets the model's score in [0, 1], computed for every click, also where a list decided.</summary>
    public float Score { get; set; }

    /// <summary>Gets or sets the threshold of the click's slice: a score at or above it is invalid.</summary>
    public float Threshold { get; set; }

    /// <summary>Gets or sets the click's slice, a leaf.</summary>
    public Slice Slice { get; set; }

    /// <summary>Gets or sets the slice whose threshold it is: the leaf itself, or the ancestor that stands in for it.</summary>
    public Slice ThresholdSlice { get; set; }
}
