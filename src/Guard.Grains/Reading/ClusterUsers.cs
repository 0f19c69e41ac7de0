using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Hosting;
using Guard.Grains.Counting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Reading;

/// <summary>Reads users' counters from their shards, and their decisions among the newest. Safe for concurrent use.</summary>
/// <param name="grains">Finds the shards.</param>
/// <param name="options">Tells how many there are.</param>
/// <param name="decisions">The decisions.</param>
/// <param name="hash">Hashes user ids as intake does.</param>
internal sealed class ClusterUsers(IGrainFactory grains, IOptions<ClusterOptions> options, ClusterDecisions decisions, KeyedHash hash) : IUsers
{
    private const int RecentAmong = 10_000;
    private const int MostRecent = 50;

    /// <inheritdoc/>
    public async ValueTask<UserView?> FindAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userId);
        var user = hash.Of(HashKind.User, Encoding.UTF8.GetBytes(userId));
        var shards = options.Value.Shards;
        var counters = await grains.GetGrain<IUserShardGrain>(ShardKey.Of(KeyHash.ShardOf(user, shards), shards)).ReadAsync(user).WaitAsync(cancellationToken);
        if (counters is null)
        {
            return null;
        }

        var (recent, newest) = await decisions.OfUserAsync(user, RecentAmong, MostRecent, cancellationToken);
        return new UserView(counters.Value, newest, recent);
    }
}
