using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

/// <summary>Runs a stream through shards as a host does: runs of one partition become batches, each touched shard is called once.</summary>
public sealed class ShardRun
{
    private UserShard[] _users;
    private EntityShard[] _entities;

    public ShardRun(int shards = 1, int capacity = 100_000)
    {
        _users = [.. Enumerable.Range(0, shards).Select(_ => new UserShard(capacity))];
        _entities = [.. Enumerable.Range(0, shards).Select(_ => new EntityShard(capacity))];
    }

    public IReadOnlyList<UserShard> Users => _users;

    public IReadOnlyList<EntityShard> Entities => _entities;

    public List<(UserCounters User, EntityCounters Entity)> Apply(IReadOnlyList<Arrival> stream, int longest = 64)
    {
        var all = new List<(UserCounters User, EntityCounters Entity)>();
        for (var start = 0; start < stream.Count;)
        {
            var end = start + 1;
            while (end < stream.Count && end - start < longest && stream[end].Partition == stream[start].Partition)
            {
                end++;
            }

            var clicks = stream.Skip(start).Take(end - start).Select(static a => a.Click).ToArray();
            var users = new UserCounters[clicks.Length];
            var entities = new EntityCounters[clicks.Length];
            for (var shard = 0; shard < _users.Length; shard++)
            {
                int[] Rows(Func<Click, ulong> key) =>
                    [.. Enumerable.Range(0, clicks.Length).Where(i => KeyHash.ShardOf(key(clicks[i]), _users.Length) == shard)];
                _users[shard].Apply(stream[start].Partition, clicks, Rows(static c => c.User), users);
                _entities[shard].Apply(stream[start].Partition, clicks, Rows(static c => c.Entity), entities);
            }

            all.AddRange(users.Zip(entities));
            start = end;
        }

        return all;
    }

    public byte[] Save()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var (users, entities) in _users.Zip(_entities))
        {
            users.Save(output);
            entities.Save(output);
        }

        return output.WrittenSpan.ToArray();
    }

    public void SaveAndLoad()
    {
        _users = [.. _users.Select(static shard => UserShard.Load(Block(shard.Save)))];
        _entities = [.. _entities.Select(static shard => EntityShard.Load(Block(shard.Save)))];
    }

    public static byte[] Block(Action<IBufferWriter<byte>> save)
    {
        var output = new ArrayBufferWriter<byte>();
        save(output);
        return output.WrittenSpan.ToArray();
    }
}
