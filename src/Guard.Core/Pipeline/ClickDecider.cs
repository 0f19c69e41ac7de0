using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>From a click's counters to its decision: features, score, lists, threshold. Rows do not touch each other, so ranges of a batch may run on different threads.</summary>
public static class ClickDecider
{
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
        var features = decided.Features.Slice(start * width, count * width);
        var scores = decided.Scores.Slice(start, count);
        var decisions = decided.Decisions.Slice(start, count);

        for (var row = 0; row < clicks.Length; row++)
        {
            ClickFeatures.Write(
                clicks[row], readings.UserOf(start + row), readings.EntityOf(start + row), readings.UserAgentOf(start + row), features.Slice(row * width, width));
        }

        policy.Scorer.Score(features, scores);
        for (var row = 0; row < clicks.Length; row++)
        {
            decisions[row] = Judge(batch, clicks[row], scores[row], policy);
        }
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
