using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the entities, behind a grain.</summary>
[GrainType("guard.entities")]
internal sealed class EntityShardGrain(
    [PersistentState("shard", GrainNames.Storage)] IPersistentState<ShardState> state, IOptions<ClusterOptions> options, ILogger<EntityShardGrain> logger)
    : ShardGrain<EntityCounters>(state, options.Value, logger), IEntityShardGrain
{
    private readonly int _capacity = options.Value.EntityCapacity / options.Value.Shards;
    private EntityShard _shard = null!;

    private protected override string Kind => "address";

    private protected override int Count => _shard.Count;

    private protected override long MemoryBytes => _shard.MemoryBytes;

    private protected override long ForcedEvictions => _shard.ForcedEvictions;

    private protected override void Start(byte[] block) => _shard = block.Length == 0 ? new EntityShard(_capacity) : EntityShard.Load(block);

    private protected override long LastSequence(int partition) => _shard.LastSequence(partition);

    private protected override void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<EntityCounters> readings) =>
        _shard.Apply(partition, clicks, rows, readings);

    private protected override void Save(IBufferWriter<byte> output) => _shard.Save(output);
}
