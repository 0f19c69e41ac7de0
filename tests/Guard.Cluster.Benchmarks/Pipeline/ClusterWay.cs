using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Hosting;
using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>The cluster host: messages as a hub's stream delivers them to ingest grains, to decisions that are durable in an artifact store. One silo.</summary>
internal sealed class ClusterWay : IPipelineWay
{
    private readonly byte[][] _lines;
    private readonly int _messages;
    private readonly BenchmarkSilo _silo;
    private readonly IIngestGrain[] _partitions;
    private readonly long[] _next;
    private readonly Action _clean;

    private ClusterWay(byte[][] lines, int partitions, int messages, BenchmarkSilo silo, Action clean)
    {
        (_lines, _messages, _silo, _clean) = (lines, messages, silo, clean);
        _partitions = [.. Enumerable.Range(0, partitions).Select(partition => silo.Grains.GetGrain<IIngestGrain>($"{partition}"))];
        _next = new long[partitions];
    }

    /// <summary>Starts a silo.</summary>
    /// <param name="lines">The clicks as JSON.</param>
    /// <param name="partitions">Over how many partitions the clicks are spread.</param>
    /// <param name="messages">How many messages a delivery holds.</param>
    /// <param name="policy">What decides.</param>
    /// <param name="store">Where state and decisions are kept.</param>
    /// <param name="clean">Clears what the store leaves behind.</param>
    public static async Task<IPipelineWay> StartAsync(byte[][] lines, int partitions, int messages, BenchmarkPolicy policy, IArtifactStore store, Action clean)
    {
        await policy.PublishAsync(store);
        var silo = await BenchmarkSilo.StartAsync(store, BenchmarkPolicy.Hash, static options =>
            (options.CommitEvery, options.SaveEvery) = (TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)));
        return new ClusterWay(lines, partitions, messages, silo, clean);
    }

    /// <inheritdoc/>
    public async Task DecideAsync(int from, int to)
    {
        await Task.WhenAll(_partitions.Select((grain, partition) => Task.Run(async () =>
        {
            var delivery = new List<HubMessage>(_messages);
            for (var line = from + partition; line < to; line += _partitions.Length)
            {
                delivery.Add(new HubMessage { SequenceNumber = _next[partition]++, Offset = "0", EnqueuedTime = BenchmarkSilo.Enqueued, Body = _lines[line] });
                if (delivery.Count == _messages || line + _partitions.Length >= to)
                {
                    await grain.DeliverAsync(delivery);
                    delivery = new List<HubMessage>(_messages);
                }
            }

            if ((await grain.StatusAsync()).Last != _next[partition] - 1)
            {
                throw new LoadException("A partition did not take in all that it was given: the comparison is wrong.");
            }
        })));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _clean();
    }
}
