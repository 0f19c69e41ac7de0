using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Engine.Decisions;

namespace Guard.Engine.Hosting;

/// <summary>Reads users' counters from their shards.</summary>
internal sealed class LocalUsers(StateAccess state, DecisionLog decisions, KeyedHash hash) : IUsers
{
    private const int RecentAmong = 10_000;
    private const int MostRecent = 50;

    /// <inheritdoc/>
    public async ValueTask<UserView?> FindAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userId);
        var user = hash.Of(HashKind.User, Encoding.UTF8.GetBytes(userId));
        var (found, counters, time) = await state.ReadAsync(
            engine => (engine.Counters.TryReadUser(user, out var read), read, engine.Admission.Watermark), cancellationToken);
        return found
            ? new UserView(counters, DateTimeOffset.FromUnixTimeMilliseconds(time), await decisions.OfUserAsync(user, RecentAmong, MostRecent, cancellationToken))
            : null;
    }
}
