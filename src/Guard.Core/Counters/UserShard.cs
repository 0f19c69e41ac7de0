using System.Buffers;
using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>
/// The counters of a part of the users. A plain single-threaded class: whoever hosts it calls it from one thread at a time,
/// and gives it the clicks of each partition in order.
/// </summary>
/// <remarks>
/// <para>Readings depend on the clicks alone: not on how they are cut into batches, nor on the number of shards, as long as
/// <see cref="ForcedEvictions"/> stays 0 and intake marks as too late what comes more than
/// <see cref="CounterTime.GreatestLateness"/> behind. One exception: a click that is read without being counted finds a user idle
/// for its horizon and 24 hours more of the shard's own event time as never seen.</para>
/// <para>A user takes 120 bytes beside the key, and 5 to 7.5 in the index. A partition that stands still keeps the idle users
/// of all partitions from being reclaimed; capacity bounds memory even so.</para>
/// </remarks>
public sealed class UserShard
{
    private readonly ShardTable<UserRecord, UserCounters, UserRules> _table;

    /// <summary>Makes an empty shard.</summary>
    /// <param name="capacity">The most users that it holds, from 1 to 33,554,431.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is outside its range.</exception>
    public UserShard(int capacity) => _table = new ShardTable<UserRecord, UserCounters, UserRules>(capacity, new UserRules());

    private UserShard(ShardTable<UserRecord, UserCounters, UserRules> table) => _table = table;

    /// <summary>Gets the most users that the shard holds.</summary>
    public int Capacity => _table.Keys.Capacity;

    /// <summary>Gets the users that the shard holds, idle ones that are not yet reclaimed included.</summary>
    public int Count => _table.Keys.Records.Count;

    /// <summary>Gets how often a user that was not idle gave way to a new one, because the shard was full.</summary>
    public long ForcedEvictions => _table.Keys.ForcedEvictions;

    /// <summary>Gets the bytes of the arrays that hold the users, keys and index included.</summary>
    public long MemoryBytes => _table.Bytes;

    /// <summary>Gets the last sequence number seen of a partition; 0 before the first.</summary>
    public long LastSequence(int partition) => _table.Sequence(partition);

    /// <summary>Counts clicks in order and reads their users' counters.</summary>
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
    public void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<UserCounters> readings) =>
        _table.Apply(partition, clicks, rows, readings);

    /// <summary>Reads a user without counting: as a click at the time of its newest, in the session it last used.</summary>
    /// <returns>Whether the shard holds the user.</returns>
    public bool TryRead(ulong key, out UserCounters counters) => _table.TryRead(key, out counters);

    /// <summary>Writes the shard as one block: columns, positions, format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output) => _table.Save(output);

    /// <summary>Reads what <see cref="Save"/> wrote; the shard goes on as the saved one would have.</summary>
    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public static UserShard Load(ReadOnlySpan<byte> block) => new(ShardTable<UserRecord, UserCounters, UserRules>.Load(block, new UserRules()));
}
