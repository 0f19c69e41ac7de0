using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lifecycle;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Scoring;

/// <summary>
/// A silo's model and thresholds. Asks the store at intervals whether a pointer's entity tag changed, takes a new pair up
/// when both can be read and fit each other, and keeps the last good pair otherwise. Safe for concurrent use.
/// </summary>
public sealed partial class PolicyCache : BackgroundService
{
    private readonly IArtifactStore _store;
    private readonly PolicyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly VersionedArtifacts _models;
    private readonly VersionedArtifacts _thresholds;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (string? Model, string? Thresholds, string? Users) _tags;
    private PolicyVersion? _version;

    /// <summary>Initialises an empty cache.</summary>
    public PolicyCache(IArtifactStore store, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyCache> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options, _time, _logger) = (store, options.Value, time, logger);
        _models = new VersionedArtifacts(store, $"models/{_options.Name}");
        _thresholds = new VersionedArtifacts(store, $"thresholds/{_options.Name}");
    }

    /// <summary>Gets what is in force on this silo; <see langword="null"/> before the first.</summary>
    public PolicyVersion? Version => Volatile.Read(ref _version);

    /// <summary>Gets when the silo last knew that nothing newer is in force; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? Checked { get; private set; }

    /// <summary>Gets why a newer pair could not be taken up, in one line; <see langword="null"/> otherwise.</summary>
    public string? Fault { get; private set; }

    /// <summary>Gets how old the knowledge is by which this silo decides; <see langword="null"/> before the first.</summary>
    public TimeSpan? Age => Checked is { } at ? _time.GetUtcNow() - at : null;

    /// <summary>Gets the policy, waiting for the first where there is none yet.</summary>
    public async ValueTask<DecisionPolicy> GetAsync(CancellationToken cancellationToken = default)
    {
        if (Version is null)
        {
            await _first.Task.WaitAsync(cancellationToken);
        }

        return Version!.Policy;
    }

    /// <summary>Asks the store now.</summary>
    public async Task PollAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var model = await _store.ReadAsync($"models/{_options.Name}/current.json", cancellationToken);
            var thresholds = await _store.ReadAsync($"thresholds/{_options.Name}/current.json", cancellationToken);
            if (model is null || thresholds is null)
            {
                Fail(model is null ? $"models/{_options.Name}: no model is in force; train one." : $"thresholds/{_options.Name}: no thresholds are in force; calibrate them.");
                return;
            }

            var users = await _store.ReadAsync(UserOverrides.Path, cancellationToken);
            if ((model.ETag, thresholds.ETag, users?.ETag) is var tags && tags != _tags)
            {
                await TakeUpAsync(users, users?.ETag != _tags.Users, cancellationToken);
                _tags = tags;
            }

            Checked = _time.GetUtcNow();
            Fault = null;
            _first.TrySetResult();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Fail(exception.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollEvery, _time);
        do
        {
            await PollAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeUpAsync(Artifact? users, bool otherUsers, CancellationToken cancellationToken)
    {
        var modelVersion = (await _models.CurrentAsync(cancellationToken))!;
        var thresholdVersion = (await _thresholds.CurrentAsync(cancellationToken))!;
        if (!otherUsers && Version?.Policy is { } policy && policy.Scorer.Version == modelVersion && policy.Thresholds.Version == thresholdVersion)
        {
            return;
        }

        var model = ModelArtifact.Read(await _models.ReadAsync(modelVersion, cancellationToken), ClickFeatures.Schema);
        var thresholds = ThresholdSet.Parse((await _thresholds.ReadDocumentAsync(thresholdVersion, cancellationToken)).Span);
        var next = new PolicyVersion(new DecisionPolicy(model.Scorer, thresholds, _options.Access.WithUsers(UserOverrides.Read(users)), _options.Crawlers), model.Card, _time.GetUtcNow());
        Volatile.Write(ref _version, next);

        LogTakenUp(modelVersion, thresholdVersion);
    }

    private void Fail(string fault)
    {
        if (fault != Fault)
        {
            LogFault(fault);
        }

        Fault = fault;
    }
}
