using System.Buffers;
using System.Runtime.CompilerServices;
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
/// for 72 hours of the shard's own event time as never seen.</para>
/// <para>A user takes 120 bytes beside the key, and 5 to 7.5 in the index. A partition that stands still keeps the idle users
/// of all partitions from being reclaimed; capacity bounds memory even so.</para>
/// </remarks>
public sealed class UserShard
{
    private const uint Kind = 0x52535547; // "GUSR"
    private const int FormatVersion = 1;
    private const string Name = "user shard";
    private readonly KeyTable<UserRecord> _users;
    private readonly PartitionProgress _partitions = new();

    /// <summary>Makes an empty shard.</summary>
    /// <param name="capacity">The most users that it holds, from 1 to 33,554,431.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is outside its range.</exception>
    public UserShard(int capacity) => _users = new KeyTable<UserRecord>(capacity);

    private UserShard(KeyTable<UserRecord> users, PartitionProgress partitions) => (_users, _partitions) = (users, partitions);

    /// <summary>Gets the most users that the shard holds.</summary>
    public int Capacity => _users.Capacity;

    /// <summary>Gets the users that the shard holds, idle ones that are not yet reclaimed included.</summary>
    public int Count => _users.Records.Count;

    /// <summary>Gets how often a user that was not idle gave way to a new one, because the shard was full.</summary>
    public long ForcedEvictions => _users.ForcedEvictions;

    /// <summary>Gets the bytes of the arrays that hold the users, keys and index included.</summary>
    public long MemoryBytes => _users.Bytes;

    /// <summary>Gets the last sequence number seen of a partition; 0 before the first.</summary>
    public long LastSequence(int partition) => _partitions.Sequence(partition);

    /// <summary>Counts clicks in order and reads their users' counters.</summary>
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
    public void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<UserCounters> readings)
    {
        if (readings.Length < clicks.Length)
        {
            throw new ArgumentException($"{readings.Length} readings have no room for {clicks.Length} clicks.", nameof(readings));
        }

        _partitions.Open(partition);
        Span<ulong> hashes = stackalloc ulong[Prefetch.Group];
        while (!rows.IsEmpty)
        {
            var group = rows[..Math.Min(Prefetch.Group, rows.Length)];
            rows = rows[group.Length..];
            for (var i = 0; i < group.Length; i++)
            {
                hashes[i] = KeyHash.Mix(clicks[group[i]].User);
                _users.PrefetchPlace(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                _users.PrefetchRecord(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                Apply(partition, clicks[group[i]], hashes[i], ref readings[group[i]]);
            }
        }
    }

    /// <summary>Reads a user without counting: as a click at the time of its newest, in the session it last used.</summary>
    /// <returns>Whether the shard holds the user.</returns>
    public bool TryRead(ulong key, out UserCounters counters)
    {
        counters = default;
        ref var user = ref _users.Find(key, KeyHash.Mix(key));
        if (Unsafe.IsNullRef(ref user) || user.Newest < _partitions.ReclaimBefore)
        {
            return false;
        }

        user.Read(gap: 0, user.LastSession, ref counters);
        return true;
    }

    /// <summary>Writes the shard as one block: columns, positions, format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var writer = new BlockWriter(output, Kind, FormatVersion, ShardBlock.Length(_users, _partitions, UserRecord.Columns));
        ShardBlock.Write(writer, _users, _partitions, UserRecord.Columns);
        writer.Finish();
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the shard goes on as the saved one would have.</summary>
    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public static UserShard Load(ReadOnlySpan<byte> block)
    {
        var reader = new BlockReader(block, Kind, FormatVersion, Name);
        var partitions = new PartitionProgress();
        var users = ShardBlock.Read<UserRecord>(ref reader, partitions, UserRecord.Columns);
        reader.Finish();
        return new UserShard(users, partitions);
    }

    private static uint SessionOf(in Click click) => click.Session == 0 ? 0 : Math.Max(1, KeyHash.Fingerprint(click.Session));

    private void Apply(int partition, in Click click, ulong hash, ref UserCounters reading)
    {
        var time = Math.Clamp(click.Time, 0, CounterTime.End);
        var session = SessionOf(click);
        var counts = _partitions.Advance(partition, click.Sequence) && (click.Traits & ClickTraits.TooLate) == ClickTraits.None && CounterTime.Holds(click.Time);
        ref var user = ref _users.Find(click.User, hash);
        var known = !Unsafe.IsNullRef(ref user) && time - user.Newest <= CounterTime.Horizon;
        if (!counts)
        {
            if (known && user.Newest >= _partitions.ReclaimBefore)
            {
                user.Read(GapOf(time, user.Newest), session, ref reading);
            }
            else
            {
                reading = default;
            }

            return;
        }

        var gap = known ? GapOf(time, user.Newest) : CounterTime.Horizon;
        if (known)
        {
            user.Count(time);
        }
        else
        {
            if (Unsafe.IsNullRef(ref user))
            {
                user = ref _users.Add(click.User, hash, _partitions.ReclaimBefore);
            }

            user.Start(time);
        }

        if (session != 0)
        {
            user.CountSession(session, time);
        }

        _partitions.Count(partition, time);
        user.Read(gap, session, ref reading);
    }

    private static long GapOf(long time, long newest) => Math.Min(Math.Abs(time - newest), CounterTime.Horizon);
}
