using Guard.Cluster.Benchmarks.Textbook;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Grains;
using Guard.Grains.Counting;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>Guard's shards behind grains, called as an ingest grain calls them. A lane is a partition with one batch at a time.</summary>
/// <param name="grains">The silo's grains.</param>
/// <param name="options">How the silo's shards are laid out.</param>
/// <param name="all">Whether addresses and user agents count too.</param>
internal sealed class ShardWay(IGrainFactory grains, ClusterOptions options, bool all) : ICounterWay
{
    private const int BatchSize = 2048;
    private const int MostLanes = 4;

    /// <summary>How many batches lie between two commits: 10 s at 40,000 clicks a second.</summary>
    private const int BatchesACommit = 200;

    private readonly Partition[] _partitions = [.. Enumerable.Range(0, MostLanes).Select(number => new Partition(number, grains, options, all))];

    /// <inheritdoc/>
    public IReadOnlyList<int> Lanes => [1, 2, MostLanes];

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(int lane, ClickStream stream, int most = int.MaxValue) => _partitions[lane].CountAsync(stream, Math.Min(most, BatchSize));

    /// <inheritdoc/>
    public async ValueTask<string> ReadAsync(ClickStream stream)
    {
        await _partitions[0].CountAsync(stream, 1);
        return _partitions[0].Read();
    }

    /// <inheritdoc/>
    public void Settle() => Array.ForEach(_partitions, static partition => partition.Settle());

    private sealed class Partition(int number, IGrainFactory grains, ClusterOptions options, bool all)
    {
        private readonly UserCounting? _users = all ? null : new UserCounting(grains, options);
        private readonly GrainCounters _counters = new(grains, options, TimeProvider.System);
        private readonly EventBatch _batch = new() { Partition = number };
        private readonly CounterReadings _readings = new();
        private long _sequence;
        private int _batches;

        public async ValueTask<int> CountAsync(ClickStream stream, int clicks)
        {
            _batch.Clear();
            _counters.Decided = _sequence;
            var first = stream.Take(clicks);
            for (var index = 0; index < clicks; index++)
            {
                _batch.Add(stream[first + index] with { Sequence = ++_sequence });
            }

            _readings.Resize(clicks);
            await (_users?.CountAsync(_batch, _readings) ?? _counters.CountAsync(_batch, _readings));
            if (++_batches % BatchesACommit == 0)
            {
                Settle();
            }

            return clicks;
        }

        public string Read()
        {
            var user = UserReading.Of(_readings.UserOf(0));
            return all ? $"{user} {AddressReading.Of(_readings.EntityOf(0))} {_readings.UserAgentOf(0).RateWeek}" : $"{user}";
        }

        public void Settle()
        {
            _users?.Forget(_sequence);
            _counters.Forget(_sequence);
        }
    }
}
