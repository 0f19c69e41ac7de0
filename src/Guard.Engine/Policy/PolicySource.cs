using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Intake;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.Policy;

/// <summary>
/// The model and the thresholds in force, polled from an artifact store. A pair that cannot be read, or does not fit together,
/// leaves the last good one in force and is said, once for each kind of fault.
/// </summary>
/// <param name="store">Where models and thresholds are kept.</param>
/// <param name="name">Their name, such as <c>clicks</c>.</param>
/// <param name="access">The allow and deny list.</param>
/// <param name="crawlers">The crawler list.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where changes and faults are said.</param>
internal sealed partial class PolicySource(IArtifactStore store, string name, AccessList access, CrawlerList crawlers, TimeProvider time, ILogger logger)
{
    private readonly VersionedArtifacts _models = new(store, $"models/{name}");
    private readonly VersionedArtifacts _thresholds = new(store, $"thresholds/{name}");
    private volatile PolicyInForce? _current;
    private volatile string? _fault;
    private long _checked;

    /// <summary>Gets the last good pair.</summary>
    /// <exception cref="InvalidOperationException">None was loaded yet.</exception>
    public PolicyInForce Current => _current ?? throw new InvalidOperationException("No policy was loaded.");

    /// <summary>Gets what is in force, for people.</summary>
    public PolicyView View => new(
        Current.Card, Current.Policy.Thresholds, Current.Since, DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _checked)), _fault, access.Entries.Count, crawlers.Patterns.Count);

    /// <summary>Loads the first pair.</summary>
    /// <exception cref="InputException">There is none, or it cannot be used.</exception>
    public async Task LoadFirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw new InputException($"models/{name}", null, exception.Message.TrimEnd('.'), "train and calibrate, or put another version in force", exception);
        }
    }

    /// <summary>Looks for a newer pair.</summary>
    /// <returns>Whether one was loaded.</returns>
    public async Task<bool> PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            if (_fault != exception.Message)
            {
                _fault = exception.Message;
                LogFault(logger, Current.Policy.Scorer.Version, Current.Policy.Thresholds.Version, exception.Message);
            }

            return false;
        }
    }

    /// <summary>Loads a model that is no longer in force, or gets <see langword="null"/> where it cannot be read any more.</summary>
    public async ValueTask<IScorer?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (_current is { } current && current.Policy.Scorer.Version == version)
        {
            return current.Policy.Scorer;
        }

        try
        {
            return ModelArtifact.Read(await _models.ReadAsync(version, cancellationToken), ClickFeatures.Schema).Scorer;
        }
        catch (Exception exception) when (IsFault(exception))
        {
            return null;
        }
    }

    private static bool IsFault(Exception exception) =>
        exception is ArtifactMissingException or ModelFormatException or ThresholdFormatException or InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException;

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var model = await _models.CurrentAsync(cancellationToken) ?? throw new ArtifactMissingException($"No model is in force at models/{name}.");
        var thresholds = await _thresholds.CurrentAsync(cancellationToken) ?? throw new ArtifactMissingException($"No thresholds are in force at thresholds/{name}.");
        var loaded = _current is not { } current || current.Policy.Scorer.Version != model || current.Policy.Thresholds.Version != thresholds;
        if (loaded)
        {
            var artifact = ModelArtifact.Read(await _models.ReadAsync(model, cancellationToken), ClickFeatures.Schema);
            var set = ThresholdSet.Parse((await _thresholds.ReadDocumentAsync(thresholds, cancellationToken)).Span);
            _current = new PolicyInForce(new DecisionPolicy(artifact.Scorer, set, access, crawlers), artifact.Card, time.GetUtcNow());
            LogLoaded(logger, model, thresholds);
        }

        Volatile.Write(ref _checked, time.GetUtcNow().ToUnixTimeMilliseconds());
        _fault = null;
        return loaded;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} and thresholds {Thresholds} are taken up")]
    private static partial void LogLoaded(ILogger logger, string model, string thresholds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} and thresholds {Thresholds} stay in force, since what should follow them cannot be used: {Fault}")]
    private static partial void LogFault(ILogger logger, string model, string thresholds, string fault);
}
