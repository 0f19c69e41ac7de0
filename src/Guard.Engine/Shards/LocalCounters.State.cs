using System.Buffers;
using Guard.Core.Counters;

namespace Guard.Engine.Shards;

/// <content>Reading and saving the shards, for whoever holds them at rest between two batches.</content>
public sealed partial class LocalCounters
{
    /// <summary>Gets how many parts <see cref="Save"/> writes: each shard of each kind is one.</summary>
    public int Parts => _users.Length * Kinds;

    /// <summary>Gets the bytes of all shards.</summary>
    public long MemoryBytes => _users.Sum(shard => shard.MemoryBytes) + _entities.Sum(shard => shard.MemoryBytes) + _userAgents.Sum(shard => shard.MemoryBytes);

    /// <summary>Reads a user without counting, as of its newest click.</summary>
    /// <returns>Whether the user has counters.</returns>
    public bool TryReadUser(ulong user, out UserCounters counters) => _users[KeyHash.ShardOf(user, _users.Length)].TryRead(user, out counters);

    /// <summary>Gets the last click that any shard has seen of a partition.</summary>
    public long LastSequence(int partition) => Math.Max(
        _users.Max(shard => shard.LastSequence(partition)), Math.Max(_entities.Max(shard => shard.LastSequence(partition)), _userAgents.Max(shard => shard.LastSequence(partition))));

    /// <summary>Writes one part, which knows by itself which clicks it has seen.</summary>
    /// <param name="part">Which, in [0, <see cref="Parts"/>).</param>
    /// <param name="output">Where to.</param>
    public void Save(int part, IBufferWriter<byte> output)
    {
        var shard = part / Kinds;
        switch (part % Kinds)
        {
            case 0:
                _users[shard].Save(output);
                break;
            case 1:
                _entities[shard].Save(output);
                break;
            default:
                _userAgents[shard].Save(output);
                break;
        }
    }

    /// <summary>Replaces one part by what <see cref="Save"/> wrote.</summary>
    /// <exception cref="StateFormatException">The block is damaged, or of another kind or version.</exception>
    public void Load(int part, ReadOnlySpan<byte> block)
    {
        var shard = part / Kinds;
        switch (part % Kinds)
        {
            case 0:
                _users[shard] = UserShard.Load(block);
                break;
            case 1:
                _entities[shard] = EntityShard.Load(block);
                break;
            default:
                _userAgents[shard] = UserAgentShard.Load(block);
                break;
        }
    }
}
