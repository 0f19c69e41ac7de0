using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Blocks;
using Guard.Engine.Log;

namespace Guard.Engine.State;

/// <summary>The memory in which blocks of a log are replayed, one after another.</summary>
internal sealed class ReplayBatch
{
    /// <summary>Gets the events.</summary>
    public EventBatch Batch { get; } = new() { Partition = EngineState.Partition };

    /// <summary>Gets the order in which they were admitted.</summary>
    public AdmittedOrder Order { get; } = new();

    /// <summary>Gets the decisions, without their features.</summary>
    public DecidedBatch Decided { get; } = new();

    /// <summary>Gets the room for counters, which nobody reads.</summary>
    public CounterReadings Readings { get; } = new();

    /// <summary>Gets the time that the block bears, in Unix milliseconds.</summary>
    public long Time { get; private set; }

    /// <summary>Reads a decided block.</summary>
    public void Load(in LogBlock block)
    {
        Batch.Clear();
        Order.Clear();
        var decided = new DecidedBlock(block);
        Time = decided.Time;
        decided.CopyTo(Batch, Order);
        Decided.Resize(decided.Count);
        Readings.Resize(decided.Count);
        for (var row = 0; row < decided.Count; row++)
        {
            Decided.Decisions[row] = decided.DecisionOf(row);
        }
    }
}
