using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lists;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>What is in force at one moment: model, thresholds and lists. Immutable; a change of any makes another policy.</summary>
public sealed class DecisionPolicy
{
    /// <summary>Initialises a policy.</summary>
    /// <exception cref="ArgumentException">The model reads other features than this engine assembles, or the thresholds were calibrated for another model.</exception>
    public DecisionPolicy(IScorer scorer, ThresholdSet thresholds, AccessList access, CrawlerList crawlers)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(thresholds);
        if (!scorer.Schema.Equals(ClickFeatures.Schema))
        {
            throw new ArgumentException(
                $"Model {scorer.Version} reads features {scorer.Schema.Name} v{scorer.Schema.Version}, and this engine assembles {ClickFeatures.Schema.Name} v{ClickFeatures.Schema.Version}; train a model with this engine.",
                nameof(scorer));
        }

        if (thresholds.Calibration.ModelVersion != scorer.Version)
        {
            throw new ArgumentException(
                $"Thresholds {thresholds.Version} were calibrated for model {thresholds.Calibration.ModelVersion}, and the model in force is {scorer.Version}; calibrate for it.",
                nameof(thresholds));
        }

        Scorer = scorer;
        Thresholds = thresholds;
        Access = access;
        Crawlers = new CrawlerMatcher(crawlers);
    }

    /// <summary>Gets the model.</summary>
    public IScorer Scorer { get; }

    /// <summary>Gets the thresholds.</summary>
    public ThresholdSet Thresholds { get; }

    /// <summary>Gets the allow and deny list.</summary>
    public AccessList Access { get; }

    /// <summary>Gets the crawler list.</summary>
    public CrawlerMatcher Crawlers { get; }

    /// <summary>Gets the reason of the list entry that decided, or the crawler pattern; <see langword="null"/> where the model decided.</summary>
    public string? ListReasonOf(in Decision decision) => decision.Stage switch
    {
        DecisionStage.AllowList or DecisionStage.DenyList => Access.Entries[decision.ListEntry].Reason,
        DecisionStage.CrawlerList => Crawlers.List.Patterns[decision.ListEntry],
        _ => null,
    };
}
