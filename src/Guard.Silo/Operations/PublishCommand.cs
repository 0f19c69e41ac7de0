using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lifecycle;
using Guard.Core.Scoring;
using Guard.Engine.Artifacts;
using Guard.Silo.Configuration;
using Guard.Silo.Hosting;

namespace Guard.Silo.Operations;

/// <summary>Puts a model and thresholds in force in a cluster: those of a folder, or versions that the cluster holds already.</summary>
internal static class PublishCommand
{
    /// <param name="configuration">A silo's settings; the cluster's stores and the policy's name are what is used of them.</param>
    /// <param name="from">A folder as <c>guard train</c> and <c>guard calibrate</c> fill it; <see langword="null"/> for versions of the cluster.</param>
    /// <param name="model">The version of the model; <see langword="null"/> for the one in force.</param>
    /// <param name="thresholds">The version of the thresholds; <see langword="null"/> for those in force.</param>
    /// <param name="output">Is told what is in force.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SiloConfigurationException">What should be put in force is missing, cannot be read or does not go together; what was in force stays.</exception>
    public static async Task RunAsync(IConfiguration configuration, DirectoryInfo? from, string? model, string? thresholds, TextWriter output, CancellationToken cancellation)
    {
        var options = SiloConfiguration.Bind(configuration);
        await using var stores = await SiloStores.OpenAsync(options, cancellation);
        var (models, sets) = Of(stores.Artifacts, options.Policy.Name);
        try
        {
            var (sourceModels, sourceSets) = from is null ? (models, sets) : Of(new FileArtifactStore(Path.Combine(from.FullName, "artifacts")), options.Policy.Name);
            var wanted = await ReadAsync(sourceModels, sourceSets, model, thresholds, from is null ? "the cluster" : from.FullName, cancellation);
            await models.CreateAsync(wanted.Model.Version, wanted.Model.Files, cancellation);
            await sets.CreateDocumentAsync(wanted.Thresholds.Version, wanted.Document, cancellation);
            var before = (Model: await models.MoveCurrentAsync(wanted.Model.Version, cancellation), Thresholds: await sets.MoveCurrentAsync(wanted.Thresholds.Version, cancellation));
            await output.WriteLineAsync($"model       {wanted.Model.Version} (before: {before.Model ?? "none"})");
            await output.WriteLineAsync($"thresholds  {wanted.Thresholds.Version} (before: {before.Thresholds ?? "none"})");
        }
        catch (Exception exception) when (exception is ArtifactMissingException or ArtifactConflictException or InvalidDataException or ModelFormatException or ThresholdFormatException)
        {
            throw new SiloConfigurationException($"publish: {exception.Message}", exception);
        }
    }

    private static (VersionedArtifacts Models, VersionedArtifacts Thresholds) Of(IArtifactStore store, string name) => (new(store, $"models/{name}"), new(store, $"thresholds/{name}"));

    private static async Task<(ModelArtifact Model, ThresholdSet Thresholds, ReadOnlyMemory<byte> Document)> ReadAsync(
        VersionedArtifacts models, VersionedArtifacts sets, string? model, string? thresholds, string place, CancellationToken cancellation)
    {
        var modelVersion = model ?? await models.CurrentAsync(cancellation) ?? throw new SiloConfigurationException($"publish: {place} has no model in force; train one with `guard train`.");
        var setVersion = thresholds ?? await sets.CurrentAsync(cancellation) ?? throw new SiloConfigurationException($"publish: {place} has no thresholds in force; make them with `guard calibrate`.");
        var read = ModelArtifact.Read(await models.ReadAsync(modelVersion, cancellation), ClickFeatures.Schema);
        var document = await sets.ReadDocumentAsync(setVersion, cancellation);
        var set = ThresholdSet.Parse(document.Span);
        return set.Calibration.ModelVersion == modelVersion
            ? (read, set, document)
            : throw new SiloConfigurationException($"publish: thresholds {setVersion} were calibrated for model {set.Calibration.ModelVersion}, not for {modelVersion}; name a pair with --model and --thresholds.");
    }
}
