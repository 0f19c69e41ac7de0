using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Counting;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Guard.Grains.Scoring;

/// <summary>Scores on the silo that the caller is on: counters from three shards side by side, model and thresholds from the silo's cache.</summary>
[StatelessWorker]
[GrainType("guard.inference")]
internal sealed class InferenceGrain : Grain, IInferenceGrain
{
    private readonly PolicyCache _policies;
    private readonly ClusterOptions _options;
    private readonly TimeProvider _time;
    private readonly EventDecoder _decoder;
    private readonly EventBatch _batch = new();
    private readonly CounterReadings _readings = new();
    private readonly DecidedBatch _decided = new();

    public InferenceGrain(PolicyCache policies, IOptions<ClusterOptions> options, KeyedHash hash, TimeProvider time)
    {
        (_policies, _options, _time) = (policies, options.Value, time);
        _decoder = new EventDecoder(hash, _options.Intake.FutureSkew);
    }

    /// <inheritdoc/>
    public async ValueTask<Score> ScoreAsync(byte[] click, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(click);
        var version = _policies.Version ?? throw new InvalidOperationException(_policies.Fault ?? "This silo has not read its model yet; try again in a moment.");
        Decode(click);
        var (user, entity, userAgent) = CallsOf(_batch.Clicks[0]);
        var rows = await Task.WhenAll(user, entity, userAgent).WaitAsync(cancellationToken);
        _readings.Resize(1);
        _readings.Users[0] = RowBytes.Read<UserCounters>(rows[0])[0];
        _readings.Entities[0] = RowBytes.Read<EntityCounters>(rows[1])[0];
        _readings.UserAgents[0] = RowBytes.Read<UserAgentCounters>(rows[2])[0];
        _decided.Resize(1);
        _decided.Policy = version.Policy;
        ClickDecider.Decide(_batch, _readings, _decided, 0, 1);
        return ScoreOf(_decided.Decisions[0], version);
    }

    private void Decode(byte[] click)
    {
        _batch.Clear();
        var rejection = _decoder.Decode(click, _time.GetUtcNow().ToUnixTimeMilliseconds(), _batch, 0);
        if (rejection.IsRejected)
        {
            throw new ArgumentException($"The event was rejected ({rejection.Reason}): {rejection.Detail}.", nameof(click));
        }

        if (_batch.Clicks.IsEmpty)
        {
            throw new ArgumentException($"The event is no click: send one of type {EventTypes.Click}.", nameof(click));
        }
    }

    private (Task<byte[]> User, Task<byte[]> Entity, Task<byte[]> UserAgent) CallsOf(in Click click)
    {
        var row = RowBytes.Of<CountedClick>([new CountedClick(click)]);
        return (
            GrainFactory.GetGrain<IUserShardGrain>(KeyOf(click.User)).PeekAsync(row),
            GrainFactory.GetGrain<IEntityShardGrain>(KeyOf(click.Entity)).PeekAsync(row),
            GrainFactory.GetGrain<IUserAgentShardGrain>(KeyOf(click.UserAgent)).PeekAsync(row));
    }

    private string KeyOf(ulong key) => ShardKey.Of(KeyHash.ShardOf(key, _options.Shards), _options.Shards);

    private Score ScoreOf(in Decision decision, PolicyVersion version) => new()
    {
        Valid = decision.Verdict == Verdict.Valid,
        Value = decision.Score,
        Threshold = decision.Threshold,
        Slice = decision.Slice.ToString(),
        Model = version.Policy.Scorer.Version,
        Thresholds = version.Policy.Thresholds.Version,
        Age = _policies.Age ?? TimeSpan.Zero,
    };
}
