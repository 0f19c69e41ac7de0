using Guard.Core.Clicks;
using Guard.Core.Scoring;

namespace Guard.Core.Hosting;

/// <summary>Which decisions to read.</summary>
public sealed record DecisionQuery
{
    /// <summary>Gets the cursor: decisions with a greater number are read; newest first, those with a lower one, where 0 means from the newest.</summary>
    public long After { get; init; }

    /// <summary>Gets whether the newest come first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Gets the greatest number of decisions, in [1, 10,000]. Default: 1,000.</summary>
    public int Maximum { get; init; } = 1_000;

    /// <summary>Gets the only verdict to read; <see langword="null"/> for all.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Gets the slice to read, with its parts; <see langword="null"/> for all.</summary>
    public Slice? Slice { get; init; }
}
