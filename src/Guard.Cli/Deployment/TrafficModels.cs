using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Cli.Deployment;

/// <summary>Publishes models and thresholds into a data folder, and reads what is in force there.</summary>
internal static class TrafficModels
{
    /// <summary>Writes a model's version and puts it in force.</summary>
    public static async Task PublishAsync(DataFolder data, ModelArtifact model, CancellationToken cancellation)
    {
        await data.Models.CreateAsync(model.Version, model.Files, cancellation);
        await data.Models.MoveCurrentAsync(model.Version, cancellation);
    }

    /// <summary>Writes a version of the thresholds and puts it in force.</summary>
    public static async Task PublishAsync(DataFolder data, ThresholdSet thresholds, CancellationToken cancellation)
    {
        await data.Thresholds.CreateDocumentAsync(thresholds.Version, thresholds.ToJson(), cancellation);
        await data.Thresholds.MoveCurrentAsync(thresholds.Version, cancellation);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="version">The version; <see langword="null"/> for the one in force.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<ModelArtifact> ModelAsync(DataFolder data, string? version, CancellationToken cancellation)
    {
        version ??= await data.Models.CurrentAsync(cancellation)
            ?? throw new CommandException($"{data.Path}: no model is in force; train one with 'guard train'.");
        return ModelArtifact.Read(await data.Models.ReadAsync(version, cancellation), ClickFeatures.Schema);
    }

    /// <summary>Reads thresholds.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="version">The version; <see langword="null"/> for the one in force.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<ThresholdSet> ThresholdsAsync(DataFolder data, string? version, CancellationToken cancellation)
    {
        version ??= await data.Thresholds.CurrentAsync(cancellation)
            ?? throw new CommandException($"{data.Path}: no thresholds are in force; calibrate them with 'guard calibrate'.");
        return ThresholdSet.Parse((await data.Thresholds.ReadDocumentAsync(version, cancellation)).Span);
    }

    /// <summary>Reads the policy that a model, thresholds and lists make together.</summary>
    public static async Task<DecisionPolicy> PolicyAsync(DataFolder data, string? model, string? thresholds, AccessList access, CrawlerList crawlers, CancellationToken cancellation) =>
        new((await ModelAsync(data, model, cancellation)).Scorer, await ThresholdsAsync(data, thresholds, cancellation), access, crawlers);
}
