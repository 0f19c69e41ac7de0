using System.Runtime.CompilerServices;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>Says why decisions fell as they did. A model is immutable, so the reasons are found when somebody reads a decision, from its features, and cost nothing when nobody does.</summary>
public static class DecisionReasons
{
    private const int ExplainedTogether = 96;

    /// <summary>Explains decisions.</summary>
    /// <param name="scorer">The model that scored them.</param>
    /// <param name="features">Their features, row-major.</param>
    /// <param name="decisions">The decisions.</param>
    /// <param name="reasons">As many rows, written; none where a list decided.</param>
    [SkipLocalsInit]
    public static void Explain(IScorer scorer, ReadOnlySpan<float> features, ReadOnlySpan<Decision> decisions, Span<Reasons> reasons)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        var width = scorer.Schema.Width;
        Span<float> contributions = stackalloc float[ExplainedTogether * width];
        for (var start = 0; start < decisions.Length; start += ExplainedTogether)
        {
            // The few clicks that a list decided are explained too, which costs less than to pick them out.
            var rows = decisions[start..Math.Min(start + ExplainedTogether, decisions.Length)];
            var values = features.Slice(start * width, rows.Length * width);
            scorer.Explain(values, contributions[..values.Length]);
            for (var row = 0; row < rows.Length; row++)
            {
                reasons[start + row] = rows[row].Stage == DecisionStage.Model
                    ? Strongest(values.Slice(row * width, width), contributions.Slice(row * width, width), invalid: rows[row].Verdict != Verdict.Valid)
                    : default;
            }
        }
    }

    // Where nothing speaks for the verdict, which the threshold alone then made, the strongest of what speaks against it tells why it is close.
    private static Reasons Strongest(ReadOnlySpan<float> values, ReadOnlySpan<float> contributions, bool invalid)
    {
        var reasons = Reasons.Strongest(values, contributions, towardsRobot: invalid);
        return reasons.Count > 0 ? reasons : Reasons.Strongest(values, contributions, towardsRobot: !invalid);
    }
}
