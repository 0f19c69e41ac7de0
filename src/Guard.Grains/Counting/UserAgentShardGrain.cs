using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the user agents, behind a grain.</summary>
[GrainType("guard.user-agents")]
internal sealed class UserAgentShardGrain(
    [PersistentState("shard", GrainNames.Storage)] IPersistentState<ShardState> state, IOptions<ClusterOptions> options, ILogger<UserAgentShardGrain> logger)
    : ShardGrain<UserAgentCounters>(state, options.Value, logger), IUserAgentShardGrain
{
    private readonly int _capacity = options.Value.UserAgentCapacity / options.Value.Shards;
    private UserAgentShard _shard = null!;

    private protected override string Kind => "user_agent";

    private protected override int Count => _shard.Count;

    private protected override long MemoryBytes => _shard.MemoryBytes;

    private protected override long ForcedEvictions => _shard.ForcedEvictions;

    private protected override void Start(byte[] block) => _shard = block.Length == 0 ? new UserAgentShard(_capacity) : UserAgentShard.Load(block);

    private protected override long LastSequence(int partition) => _shard.LastSequence(partition);

    private protected override void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<UserAgentCounters> readings) =>
        _shard.Apply(partition, clicks, rows, readings);

    private protected override void Save(IBufferWriter<byte> output) => _shard.Save(output);
}
