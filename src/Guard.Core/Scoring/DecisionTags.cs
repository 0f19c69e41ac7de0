using Guard.Core.Clicks;

namespace Guard.Core.Scoring;

/// <summary>The tags by which decisions are counted, the same on every host: <c>guard.verdict</c> and <c>guard.slice</c>.</summary>
public static class DecisionTags
{
    private static readonly string[] s_verdicts = ["valid", "general_invalid", "sophisticated_invalid"];
    private static readonly string[] s_slices = [.. Enumerable.Range(0, Slice.InnerCount).Select(code => Slice.FromCode(code).ToString())];

    /// <summary>Gets the tag of a verdict.</summary>
    public static KeyValuePair<string, object?> Of(Verdict verdict) => new("guard.verdict", s_verdicts[(int)verdict]);

    /// <summary>Gets the tag of a slice that is no leaf.</summary>
    public static KeyValuePair<string, object?> Of(Slice slice) => new("guard.slice", s_slices[slice.Code]);
}
