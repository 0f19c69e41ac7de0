using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the users, behind a grain.</summary>
[GrainType("guard.users")]
internal sealed class UserShardGrain(
    [PersistentState("shard", GrainNames.Storage)] IPersistentState<ShardState> state, IOptions<ClusterOptions> options, ILogger<UserShardGrain> logger)
    : ShardGrain<UserCounters>(state, options.Value, logger), IUserShardGrain
{
    private readonly int _capacity = options.Value.UserCapacity / options.Value.Shards;
    private UserShard _shard = null!;

    private protected override string Kind => "user";

    private protected override int Count => _shard.Count;

    private protected override long MemoryBytes => _shard.MemoryBytes;

    private protected override long ForcedEvictions => _shard.ForcedEvictions;

    /// <inheritdoc/>
    public Task<UserCounters?> ReadAsync(ulong user) => Task.FromResult(_shard.TryRead(user, out var counters) ? counters : (UserCounters?)null);

    private protected override void Start(byte[] block) => _shard = block.Length == 0 ? new UserShard(_capacity) : UserShard.Load(block);

    private protected override long LastSequence(int partition) => _shard.LastSequence(partition);

    private protected override void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<UserCounters> readings) =>
        _shard.Apply(partition, clicks, rows, readings);

    private protected override void Save(IBufferWriter<byte> output) => _shard.Save(output);
}
