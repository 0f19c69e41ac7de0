using System.Buffers;
using System.Runtime.CompilerServices;
using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>
/// The counters of a part of the entities (IP addresses): clicks, and distinct users, sessions and user agents. A plain
/// single-threaded class: whoever hosts it calls it from one thread at a time, and gives it the clicks of each partition in order.
/// </summary>
/// <remarks>
/// What <see cref="UserShard"/> says of batches, shards, horizon and reclaiming holds here too. An entity takes 120 bytes beside the key,
/// 5 to 7.5 in the index, a slab of 8 bytes a value (sizes 2, 4, …, 128) for each kind of which it has two or more, and a
/// sketch of 4.2 KB for each of which it has more than 128 (a sketch of them would take no less memory than a list below that, and err).
/// </remarks>
public sealed class EntityShard
{
    private const uint Kind = 0x544E4547; // "GENT"
    private const int FormatVersion = 1;
    private const string Name = "entity shard";
    private readonly KeyTable<EntityRecord> _entities;
    private readonly PartitionProgress _partitions = new();
    private readonly DistinctStore _distinct = new();

    /// <summary>Makes an empty shard.</summary>
    /// <param name="capacity">The most entities that it holds, from 1 to 33,554,431.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is outside its range.</exception>
    public EntityShard(int capacity) => _entities = new KeyTable<EntityRecord>(capacity);

    private EntityShard(KeyTable<EntityRecord> entities, PartitionProgress partitions, DistinctStore distinct) =>
        (_entities, _partitions, _distinct) = (entities, partitions, distinct);

    /// <summary>Gets the most entities that the shard holds.</summary>
    public int Capacity => _entities.Capacity;

    /// <summary>Gets the entities that the shard holds, idle ones that are not yet reclaimed included.</summary>
    public int Count => _entities.Records.Count;

    /// <summary>Gets how often an entity that was not idle gave way to a new one, because the shard was full.</summary>
    public long ForcedEvictions => _entities.ForcedEvictions;

    /// <summary>Gets the bytes of the arrays that hold the entities, keys, index, slabs and sketches included.</summary>
    public long MemoryBytes => _entities.Bytes + _distinct.Bytes;

    /// <summary>Gets the last sequence number seen of a partition; 0 before the first.</summary>
    public long LastSequence(int partition) => _partitions.Sequence(partition);

    /// <summary>Counts clicks in order and reads their entities' counters. A click without an entity reads the default counters.</summary>
    /// <remarks>
    /// A click whose sequence number the shard has seen, that is marked <see cref="ClickTraits.TooLate"/>, or whose time lies outside [0,
    /// <see cref="CounterTime.End"/>), is read on the counters as they stand and changes none. Allocates only when the shard grows.
    /// </remarks>
    /// <param name="partition">The partition of the clicks, in [0, 65,536).</param>
    /// <param name="clicks">The clicks of a batch.</param>
    /// <param name="rows">Which of them belong to this shard, ascending.</param>
    /// <param name="readings">Written at the same rows: the counters as of the click, including it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The partition is outside its range.</exception>
    /// <exception cref="ArgumentException">There are fewer readings than clicks.</exception>
    public void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<EntityCounters> readings)
    {
        if (readings.Length < clicks.Length)
        {
            throw new ArgumentException($"{readings.Length} readings have no room for {clicks.Length} clicks.", nameof(readings));
        }

        _partitions.Open(partition);
        Span<ulong> hashes = stackalloc ulong[Prefetch.Group];
        Span<int> slots = stackalloc int[Prefetch.Group];
        while (!rows.IsEmpty)
        {
            var group = rows[..Math.Min(Prefetch.Group, rows.Length)];
            rows = rows[group.Length..];
            for (var i = 0; i < group.Length; i++)
            {
                hashes[i] = KeyHash.Mix(clicks[group[i]].Entity);
                _entities.PrefetchPlace(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                slots[i] = _entities.PrefetchRecord(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                if (slots[i] >= 0)
                {
                    PrefetchValues(_entities.Records[slots[i]]);
                }
            }

            for (var i = 0; i < group.Length; i++)
            {
                Apply(partition, clicks[group[i]], hashes[i], ref readings[group[i]]);
            }
        }
    }

    /// <summary>Reads an entity without counting, as of its newest click.</summary>
    /// <returns>Whether the shard holds the entity.</returns>
    public bool TryRead(ulong key, out EntityCounters counters)
    {
        counters = default;
        ref var entity = ref _entities.Find(key, KeyHash.Mix(key));
        if (Unsafe.IsNullRef(ref entity) || entity.Newest < _partitions.ReclaimBefore)
        {
            return false;
        }

        Read(ref entity, WindowStarts.At(Tiles.Of(entity.Newest)), ref counters);
        return true;
    }

    /// <inheritdoc cref="UserShard.Save"/>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var length = ShardBlock.Length(_entities, _partitions, EntityRecord.Columns) + DistinctColumns.Length(_entities.Records);
        var writer = new BlockWriter(output, Kind, FormatVersion, length);
        ShardBlock.Write(writer, _entities, _partitions, EntityRecord.Columns);
        DistinctColumns.Write(writer, _entities.Records, _distinct);
        writer.Finish();
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the shard goes on as the saved one would have.</summary>
    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public static EntityShard Load(ReadOnlySpan<byte> block)
    {
        var reader = new BlockReader(block, Kind, FormatVersion, Name);
        var partitions = new PartitionProgress();
        var distinct = new DistinctStore();
        var entities = ShardBlock.Read<EntityRecord>(ref reader, partitions, EntityRecord.Columns);
        DistinctColumns.Read(ref reader, entities.Records, distinct);
        reader.Finish();
        return new EntityShard(entities, partitions, distinct);
    }

    private void Apply(int partition, in Click click, ulong hash, ref EntityCounters reading)
    {
        var time = Math.Clamp(click.Time, 0, CounterTime.End);
        var counts = _partitions.Advance(partition, click.Sequence) && (click.Traits & ClickTraits.TooLate) == ClickTraits.None && CounterTime.Holds(click.Time);
        if (click.Entity == 0)
        {
            reading = default;
            return;
        }

        ref var entity = ref _entities.Find(click.Entity, hash);
        var known = !Unsafe.IsNullRef(ref entity) && time - entity.Newest <= CounterTime.Horizon;
        if (!counts)
        {
            if (known && entity.Newest >= _partitions.ReclaimBefore)
            {
                Read(ref entity, WindowStarts.At(Tiles.Of(entity.Newest)), ref reading);
            }
            else
            {
                reading = default;
            }

            return;
        }

        if (known)
        {
            entity.Count(time);
        }
        else
        {
            if (Unsafe.IsNullRef(ref entity))
            {
                entity = ref _entities.Add(click.Entity, hash, _partitions.ReclaimBefore);
            }

            _distinct.Release(ref entity.Users);
            _distinct.Release(ref entity.Sessions);
            _distinct.Release(ref entity.UserAgents);
            entity.Start(time);
        }

        var tile = Tiles.Of(time);
        var starts = WindowStarts.At(Tiles.Of(entity.Newest));
        _distinct.Add(ref entity.Users, click.User, tile, starts);
        _distinct.Add(ref entity.Sessions, click.Session, tile, starts);
        _distinct.Add(ref entity.UserAgents, click.UserAgent, tile, starts);
        _partitions.Count(partition, time);
        Read(ref entity, starts, ref reading);
    }

    private void Read(ref EntityRecord entity, in WindowStarts starts, ref EntityCounters counters)
    {
        counters.Clicks = entity.Clicks;
        counters.Users = _distinct.Read(ref entity.Users, starts);
        counters.Sessions = _distinct.Read(ref entity.Sessions, starts);
        counters.UserAgents = _distinct.Read(ref entity.UserAgents, starts);
    }

    private void PrefetchValues(in EntityRecord entity)
    {
        _distinct.Prefetch(entity.Users);
        _distinct.Prefetch(entity.Sessions);
        _distinct.Prefetch(entity.UserAgents);
    }
}
