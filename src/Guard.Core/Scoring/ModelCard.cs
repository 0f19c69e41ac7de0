using System.Collections.Immutable;
using Guard.Core.Training;

namespace Guard.Core.Scoring;

/// <summary>Where a model comes from and how well it did: what a person reads before trusting it.</summary>
public sealed record ModelCard
{
    /// <summary>Gets the model's name, such as <c>clicks</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets the version: the date of <see cref="SpanEnd"/> and the first eight hexadecimal digits of the SHA-256 of the content.
    /// Whatever stands here is replaced when the artifact is created.
    /// </summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>Gets what the data are where they are not a deployment's own traffic, in a sentence; <see langword="null"/> where they are.</summary>
    public string? Data { get; init; }

    /// <summary>Gets what computes the scores.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Gets the time of the first click of the data.</summary>
    public required DateTimeOffset SpanStart { get; init; }

    /// <summary>Gets the time of the last click of the data.</summary>
    public required DateTimeOffset SpanEnd { get; init; }

    /// <summary>Gets the number of clicks of the data.</summary>
    public required int Clicks { get; init; }

    /// <summary>Gets how many were labelled human.</summary>
    public required int Human { get; init; }

    /// <summary>Gets how many were labelled non-human.</summary>
    public required int NonHuman { get; init; }

    /// <summary>Gets how many were left out as too young.</summary>
    public required int Excluded { get; init; }

    /// <summary>Gets the effective sample size of the sample weights.</summary>
    public required double EffectiveSampleSize { get; init; }

    /// <summary>Gets the effective sample size before the weights were clipped.</summary>
    public required double EffectiveSampleSizeUnclipped { get; init; }

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    // The JSON reader sets what a file leaves out to null; the setters below turn that into "none".

    /// <summary>Gets the hyperparameters by name.</summary>
    public ImmutableSortedDictionary<string, double> Hyperparameters
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, double>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Gets the features that the model holds at their mean: they did not vary, or the data span too few rounds of their calendar cycle.</summary>
    public ImmutableArray<string> UnusedFeatures { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets how the model and its baselines did, split by split.</summary>
    public ImmutableArray<ModelMetrics> Metrics { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the SHA-256 of the artifact's other files by name, in lower-case hexadecimal.</summary>
    public ImmutableSortedDictionary<string, string> Files
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
