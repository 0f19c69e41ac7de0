using System.Text.Json;
using Guard.Core.Calibration;
using Guard.Core.Lifecycle;
using Guard.Grains.Reading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Calibrating;

/// <summary>Thresholds anew at intervals. The outcome of an interval is an artifact that is created once: whoever comes second, on this silo or another, finds it and does what it says.</summary>
[GrainType("guard.calibration")]
internal sealed partial class CalibrationGrain(
    [PersistentState("calibration", GrainNames.Storage)] IPersistentState<CalibrationState> state,
    IArtifactStore store,
    DecisionScan decisions,
    IOptions<CalibrationJobOptions> options,
    TimeProvider time,
    ILogger<CalibrationGrain> logger) : Grain, ICalibrationGrain, IRemindable, IDisposable
{
    private const string Reminder = "calibrate";
    private static readonly TimeSpan s_look = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task<CalibrationOutcome>? _work;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task ScheduleAsync()
    {
        // A reminder may miss a tick or repeat one: it only looks whether something is due.
        var every = options.Value.Every < s_look ? options.Value.Every : s_look;
        return this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), every);
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_work is null or { IsCompleted: true })
        {
            _work = WorkAsync();
            _work.Ignore();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CalibrationOutcome> CalibrateAsync() => _work is null or { IsCompleted: true } ? _work = WorkAsync() : _work;

    /// <inheritdoc/>
    public Task<CalibrationOutcome?> NewestAsync() => Task.FromResult(state.State.Newest);

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>

        // The reminder starts it again elsewhere.
        _stopping.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task<CalibrationOutcome> WorkAsync()
    {
        var interval = CalibrationInterval.Due(time.GetUtcNow(), options.Value);
        if (state.State.Newest is { } newest && string.CompareOrdinal(newest.Interval, interval.Key) >= 0)
        {
            return newest;
        }

        try
        {
            var outcome = await FindAsync(interval) ?? await DecideAsync(interval);
            await PublishAsync(outcome);
            state.State.Newest = outcome;
            await state.WriteStateAsync();
            LogDone(Name, outcome.Interval, outcome.Version ?? "none", outcome.Refusal ?? "published");
            return outcome;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(Name, interval.Key, exception.Message);
            throw;
        }
    }

    private async Task<CalibrationOutcome> DecideAsync(CalibrationInterval interval)
    {
        var cancellation = _stopping.Token;
        var settings = options.Value;
        var thresholds = new VersionedArtifacts(store, $"thresholds/{Name}");
        var model = await new VersionedArtifacts(store, $"models/{Name}").CurrentAsync(cancellation);
        var previous = await thresholds.CurrentAsync(cancellation);
        if (model is null)
        {
            return await CreateAsync(new(interval.Key, null, previous, "no model is in force"));
        }

        var to = interval.Start - settings.Maturity;
        var sample = await DecidedSample.ReadAsync(decisions, model, to - settings.Span, to, interval.Start, cancellation);
        var current = previous is null ? null : ThresholdSet.Parse((await thresholds.ReadDocumentAsync(previous, cancellation)).Span);
        ThresholdSet candidate;
        try
        {
            candidate = await Task.Run(() => sample.Calibrate(settings.Calibration, model), cancellation);
        }
        catch (CalibrationException exception)
        {
            return await CreateAsync(new(interval.Key, null, previous, exception.Message));
        }

        await thresholds.CreateDocumentAsync(candidate.Version, candidate.ToJson(), cancellation);
        return await CreateAsync(settings.Bounds.Problem(candidate, current) is { } problem
            ? new(interval.Key, null, previous, $"{candidate.Version} was not put in force: {problem}")
            : new(interval.Key, candidate.Version, previous, null));
    }

    // Only from the version that was in force when the outcome was decided: a later roll-back by a person stands.
    private async Task PublishAsync(CalibrationOutcome outcome)
    {
        var thresholds = new VersionedArtifacts(store, $"thresholds/{Name}");
        if (outcome.Version is { } version && await thresholds.CurrentAsync(_stopping.Token) == outcome.Previous)
        {
            await thresholds.MoveCurrentAsync(version, _stopping.Token);
        }
    }

    private async Task<CalibrationOutcome> CreateAsync(CalibrationOutcome outcome)
    {
        try
        {
            await store.CreateAsync(PathOf(outcome.Interval), JsonSerializer.SerializeToUtf8Bytes(outcome), _stopping.Token);
            return outcome;
        }
        catch (ArtifactConflictException)
        {
            return (await FindAsync(outcome.Interval))!;
        }
    }

    private Task<CalibrationOutcome?> FindAsync(CalibrationInterval interval) => FindAsync(interval.Key);

    private async Task<CalibrationOutcome?> FindAsync(string interval) =>
        await store.ReadAsync(PathOf(interval), _stopping.Token) is { } artifact ? JsonSerializer.Deserialize<CalibrationOutcome>(artifact.Content.Span) : null;

    private string PathOf(string interval) => $"calibrations/{Name}/{interval}.json";

    [LoggerMessage(Level = LogLevel.Information, Message = "Calibration of {Name} for {Interval}: thresholds {Version}, {Outcome}.")]
    private partial void LogDone(string name, string interval, string version, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Calibration of {Name} for {Interval} failed and will be tried again: {Reason}")]
    private partial void LogFailed(string name, string interval, string reason);
}
