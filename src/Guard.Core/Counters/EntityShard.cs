using System.Buffers;
using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>
/// The counters of a part of the entities (IP addresses): clicks, and distinct users, sessions and user agents. A plain
/// single-threaded class: whoever hosts it calls it from one thread at a time, and gives it the clicks of each partition in order.
/// </summary>
/// <remarks>
/// What <see cref="UserShard"/> says of batches, shards, horizon and reclaiming holds here too, with <see cref="CounterTime.LongHorizon"/>. An entity takes 128 bytes beside the key,
/// 5 to 7.5 in the index, a slab of 8 bytes a value (sizes 2, 4, …, 128) for each kind of which it has two or more, and a
/// sketch of 4.2 KB for each of which it has more than 128 (a sketch of them would take no less memory than a list below that, and err).
/// </remarks>
public sealed class EntityShard
{
    private readonly ShardTable<EntityRecord, EntityCounters, EntityRules> _table;

    /// <summary>Makes an empty shard.</summary>
    /// <param name="capacity">The most entities that it holds, from 1 to 33,554,431.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is outside its range.</exception>
    public EntityShard(int capacity) => _table = new ShardTable<EntityRecord, EntityCounters, EntityRules>(capacity, new EntityRules());

    private EntityShard(ShardTable<EntityRecord, EntityCounters, EntityRules> table) => _table = table;

    /// <summary>Gets the most entities that the shard holds.</summary>
    public int Capacity => _table.Keys.Capacity;

    /// <summary>Gets the entities that the shard holds, idle ones that are not yet reclaimed included.</summary>
    public int Count => _table.Keys.Records.Count;

    /// <summary>Gets how often an entity that was not idle gave way to a new one, because the shard was full.</summary>
    public long ForcedEvictions => _table.Keys.ForcedEvictions;

    /// <summary>Gets the bytes of the arrays that hold the entities, keys, index, slabs and sketches included.</summary>
    public long MemoryBytes => _table.Bytes;

    /// <summary>Gets the last sequence number seen of a partition; 0 before the first.</summary>
    public long LastSequence(int partition) => _table.Sequence(partition);

    /// <summary>Counts clicks in order and reads their entities' counters. A click without an entity reads the default counters.</summary>
    /// <remarks>
    /// A click whose sequence number the shard has seen, that is marked <see cref="ClickTraits.TooLate"/>, or whose time lies outside [0,
    /// <see cref="CounterTime.End"/>), is read on the counters as they stand and changes none. Allocates only when the shard grows.
    /// </remarks>
    /// <param name="partition">The partition of the clicks, in [0, 65,536).</param>
    /// <param name="clicks">The clicks of a batch.</param>
    /// <param name="rows">Which of them belong to this shard, ascending.</param>
    /// <param name="readings">Written, one for each of the rows in their order: the counters as of the click, including it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The partition is outside its range.</exception>
    /// <exception cref="ArgumentException">There are fewer readings than rows.</exception>
    public void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<EntityCounters> readings) =>
        _table.Apply(partition, clicks, rows, readings);

    /// <summary>Reads an entity without counting, as of its newest click.</summary>
    /// <returns>Whether the shard holds the entity.</returns>
    public bool TryRead(ulong key, out EntityCounters counters) => _table.TryRead(key, out counters);

    /// <summary>Writes the shard as one block: columns, positions, format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output) => _table.Save(output);

    /// <summary>Reads what <see cref="Save"/> wrote; the shard goes on as the saved one would have.</summary>
    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public static EntityShard Load(ReadOnlySpan<byte> block) => new(ShardTable<EntityRecord, EntityCounters, EntityRules>.Load(block, new EntityRules()));
}
