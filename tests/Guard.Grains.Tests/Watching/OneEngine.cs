using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Watching.Slices;
using Guard.Engine.Shards;
using Guard.Grains.Ingest;

namespace Guard.Grains.Tests.Watching;

/// <summary>What one engine tallies of the same messages.</summary>
internal sealed class OneEngine : IDecisionSink, IQuarantine
{
    private readonly List<RejectReason> _reasons = [];

    private OneEngine()
    {
    }

    public SliceTallies Tallies { get; } = new();

    public IntakeCounts Counts { get; private set; } = new();

    public IReadOnlyList<RejectReason> Reasons => _reasons;

    public static async Task<OneEngine> TakeAsync(IEnumerable<HubMessage> messages, DecisionPolicy policy, int batchSize = 500, Action<SliceTallies, long>? decided = null)
    {
        var engine = new OneEngine();
        var intake = new EventIntake(new ClusterOptions().Intake, HubTraffic.Hash, engine);
        var pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Shards = 3, Workers = 1 }), engine, () => policy);
        var batch = new EventBatch();
        foreach (var part in messages.Chunk(batchSize))
        {
            batch.Clear();
            foreach (var message in part)
            {
                intake.Take(message.Body, new EventPosition("test", 0, message.SequenceNumber), message.EnqueuedTime, batch);
            }

            await pipeline.ProcessAsync(batch);
            decided?.Invoke(engine.Tallies, part[^1].EnqueuedTime);
        }

        engine.Counts = intake.Counts;
        return engine;
    }

    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        Tallies.Add(batch.Clicks, decided.Decisions);
        Tallies.Add(batch.Purchases);
        return ValueTask.CompletedTask;
    }

    public void Add(in RejectedEvent rejected) => _reasons.Add(rejected.Rejection.Reason);
}
