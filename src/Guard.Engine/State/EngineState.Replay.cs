using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Watching.Slices;

namespace Guard.Engine.State;

/// <content>Blocks that come again to a state whose parts were saved one by one. These three may run side by side.</content>
internal sealed partial class EngineState
{
    /// <summary>Counts the clicks. A shard knows by itself which it has seen.</summary>
    /// <param name="batch">The blocks.</param>
    /// <param name="readings">The room for counters, which nobody reads.</param>
    public void ReplayCounters(ReplayBatch batch, CounterReadings readings)
    {
        readings.Resize(batch.Events.Clicks.Length);
        Counters.CountAsync(batch.Events, readings).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Brings duplicates, numbers and policies to where they were.</summary>
    /// <exception cref="InvalidDataException">A block contradicts itself.</exception>
    public void ReplayIntake(ReplayBatch batch)
    {
        foreach (var (position, policy) in batch.Policies)
        {
            if (position >= _from[Deciding])
            {
                Policies.Add(policy);
            }
        }

        foreach (ref readonly var block in batch.Blocks)
        {
            batch.Order.Replay(Admission, batch.Events, block.Start, block.End, block.Position >= _from[Numbers], Behind(FirstWindow, Admission.WindowParts, block.Position));
        }
    }

    /// <summary>Takes in what the watching parts need, block by block, since metrics are read at each block's end.</summary>
    public void ReplayWatching(ReplayBatch batch)
    {
        foreach (ref readonly var block in batch.Blocks)
        {
            var recent = (int)Behind(FirstRecent, SliceTallies.RecentParts, block.Position);
            Tallies.Replay(
                batch.Events.Clicks[block.Clicks], batch.Decisions[block.Clicks], batch.Events.Purchases[block.Purchases], recent, block.Position >= _from[Slices]);
            if (block.Position >= _from[Metrics])
            {
                ReadMetrics(block.Time);
            }

            for (var reading = block.Start.Telemetry; reading < block.End.Telemetry && block.Position >= _from[Watched]; reading++)
            {
                Streams.Take(batch.Events.Telemetry[reading]);
            }
        }
    }

    /// <summary>Gets a bit for each of some parts that do not hold a block's effect yet.</summary>
    private ulong Behind(int first, int count, long position)
    {
        var behind = 0UL;
        for (var part = 0; part < count; part++)
        {
            behind |= position >= _from[first + part] ? 1UL << part : 0;
        }

        return behind;
    }
}
