using System.Runtime.CompilerServices;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>From a click's counters to its decision: features, score, lists, threshold, reasons. Rows do not touch each other, so ranges of a batch may run on different threads.</summary>
public static class ClickDecider
{
    private const int ExplainedTogether = 96;

    /// <summary>Decides the clicks of a range.</summary>
    /// <param name="batch">The clicks.</param>
    /// <param name="readings">Their counters.</param>
    /// <param name="decided">Their decisions, written; its <see cref="DecidedBatch.Policy"/> decides.</param>
    /// <param name="start">The first click.</param>
    /// <param name="count">How many.</param>
    public static void Decide(EventBatch batch, CounterReadings readings, DecidedBatch decided, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(decided);
        var policy = decided.Policy ?? throw new ArgumentException("No policy is in force.", nameof(decided));
        var width = ClickFeatures.Schema.Width;
        var clicks = batch.Clicks.Slice(start, count);
        var users = readings.Users.Slice(start, count);
        var entities = readings.Entities.Slice(start, count);
        var userAgents = readings.UserAgents.Slice(start, count);
        var features = decided.Features.Slice(start * width, count * width);
        var scores = decided.Scores.Slice(start, count);
        var decisions = decided.Decisions.Slice(start, count);

        for (var row = 0; row < clicks.Length; row++)
        {
            ClickFeatures.Write(clicks[row], users[row], entities[row], userAgents[row], features.Slice(row * width, width));
        }

        policy.Scorer.Score(features, scores);
        for (var row = 0; row < clicks.Length; row++)
        {
            decisions[row] = Judge(batch, clicks[row], scores[row], policy);
        }

        Explain(policy.Scorer, features, decisions);
    }

    [SkipLocalsInit]
    private static void Explain(IScorer scorer, ReadOnlySpan<float> features, Span<Decision> decisions)
    {
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
                if (rows[row].Stage == DecisionStage.Model)
                {
                    rows[row].Reasons = ReasonsOf(
                        values.Slice(row * width, width), contributions.Slice(row * width, width), invalid: rows[row].Verdict != Verdict.Valid);
                }
            }
        }
    }

    // Where nothing speaks for the verdict, which the threshold alone then made, the strongest of what speaks against it tells why it is close.
    private static Reasons ReasonsOf(ReadOnlySpan<float> values, ReadOnlySpan<float> contributions, bool invalid)
    {
        var reasons = Reasons.Strongest(values, contributions, towardsRobot: invalid);
        return reasons.Count > 0 ? reasons : Reasons.Strongest(values, contributions, towardsRobot: !invalid);
    }

    private static Decision Judge(EventBatch batch, in Click click, float score, DecisionPolicy policy)
    {
        var slice = Slice.Of(click);
        var threshold = policy.Thresholds.ThresholdOf(slice, out var thresholdSlice);
        var decision = new Decision
        {
            Score = score,
            Slice = slice,
            Threshold = threshold,
            ThresholdSlice = thresholdSlice,
            ListEntry = -1,
            Stage = DecisionStage.Model,
            Verdict = score >= threshold ? Verdict.SophisticatedInvalid : Verdict.Valid,
        };

        if (policy.Access.Match(batch, click, out var rule) is >= 0 and var entry)
        {
            decision.ListEntry = entry;
            decision.Stage = rule == Lists.AccessRule.Allow ? DecisionStage.AllowList : DecisionStage.DenyList;
            decision.Verdict = rule == Lists.AccessRule.Allow ? Verdict.Valid : Verdict.GeneralInvalid;
        }
        else if (policy.Crawlers.Match(click.UserAgent, batch.Text(click.UserAgentText)) is >= 0 and var pattern)
        {
            decision.ListEntry = pattern;
            decision.Stage = DecisionStage.CrawlerList;
            decision.Verdict = Verdict.GeneralInvalid;
        }

        return decision;
    }
}
