using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

/// <summary>Runs a stream through shards as a host does: runs of one partition become batches, each touched shard is called once.</summary>
public sealed class ShardRun
{
    private UserShard[] _users;
    private EntityShard[] _entities;
    private UserAgentShard[] _userAgents;

    public ShardRun(int shards = 1, int capacity = 100_000)
    {
        _users = [.. Enumerable.Range(0, shards).Select(_ => new UserShard(capacity))];
        _entities = [.. Enumerable.Range(0, shards).Select(_ => new EntityShard(capacity))];
        _userAgents = [.. Enumerable.Range(0, shards).Select(_ => new UserAgentShard(capacity))];
    }

    public IReadOnlyList<UserShard> Users => _users;

    public IReadOnlyList<EntityShard> Entities => _entities;

    public IReadOnlyList<UserAgentShard> UserAgents => _userAgents;

    public List<Readings> Apply(IReadOnlyList<Arrival> stream, int longest = 64)
    {
        var all = new List<Readings>();
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
            var userAgents = new UserAgentCounters[clicks.Length];
            for (var shard = 0; shard < _users.Length; shard++)
            {
                int[] Rows(Func<Click, ulong> key) =>
                    [.. Enumerable.Range(0, clicks.Length).Where(i => KeyHash.ShardOf(key(clicks[i]), _users.Length) == shard)];
                Scatter(Rows(static c => c.User), users, (rows, readings) => _users[shard].Apply(stream[start].Partition, clicks, rows, readings));
                Scatter(Rows(static c => c.Entity), entities, (rows, readings) => _entities[shard].Apply(stream[start].Partition, clicks, rows, readings));
                Scatter(Rows(static c => c.UserAgent), userAgents, (rows, readings) => _userAgents[shard].Apply(stream[start].Partition, clicks, rows, readings));
            }

            all.AddRange(clicks.Select((_, i) => new Readings(users[i], entities[i], userAgents[i])));
            start = end;
        }

        return all;
    }

    private static void Scatter<TReading>(int[] rows, TReading[] all, Action<int[], TReading[]> apply)
    {
        var readings = new TReading[rows.Length];
        apply(rows, readings);
        for (var i = 0; i < rows.Length; i++)
        {
            all[rows[i]] = readings[i];
        }
    }

    public byte[] Save()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var (users, entities, userAgents) in _users.Zip(_entities, _userAgents))
        {
            users.Save(output);
            entities.Save(output);
            userAgents.Save(output);
        }

        return output.WrittenSpan.ToArray();
    }

    public void SaveAndLoad()
    {
        _users = [.. _users.Select(static shard => UserShard.Load(Block(shard.Save)))];
        _entities = [.. _entities.Select(static shard => EntityShard.Load(Block(shard.Save)))];
        _userAgents = [.. _userAgents.Select(static shard => UserAgentShard.Load(Block(shard.Save)))];
    }

    public static byte[] Block(Action<IBufferWriter<byte>> save)
    {
        var output = new ArrayBufferWriter<byte>();
        save(output);
        return output.WrittenSpan.ToArray();
    }
}
