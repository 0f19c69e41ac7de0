using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>A model in force: scores clicks and says which features pushed a score. Implementations are immutable and safe for concurrent use.</summary>
public interface IScorer
{
    /// <summary>Gets the model's version.</summary>
    string Version { get; }

    /// <summary>Gets the schema of the features that the model reads.</summary>
    FeatureSchema Schema { get; }

    /// <summary>Scores a batch: the estimated probability, in [0, 1], that a robot made each click.</summary>
    /// <param name="features">Row-major, <c>scores.Length</c> × <see cref="FeatureSchema.Width"/>.</param>
    /// <param name="scores">One score a row, written.</param>
    void Score(ReadOnlySpan<float> features, Span<float> scores);

    /// <summary>Attributes the scores of a batch to its clicks' features, in log-odds; positive values push towards "robot".</summary>
    /// <remarks>A click's contributions add up to its log-odds less those of the model's reference click.</remarks>
    /// <param name="features">Row-major, one row a click.</param>
    /// <param name="contributions">As many rows: one contribution a feature, written.</param>
    void Explain(ReadOnlySpan<float> features, Span<float> contributions);
}
