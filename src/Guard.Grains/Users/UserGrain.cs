using Guard.Core.Counters;
using Guard.Grains.Counting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Users;

/// <summary>Reads the counters from the user's shard, and keeps what persons decided and said.</summary>
[GrainType("guard.user")]
internal sealed class UserGrain(
    [PersistentState("user", GrainNames.Storage)] IPersistentState<UserState> state, UserOverrides overrides, IOptions<ClusterOptions> options, TimeProvider time)
    : Grain, IUserGrain
{
    private const int GreatestText = 2000;
    private const int MostAppeals = 10;

    private ulong User => unchecked((ulong)this.GetPrimaryKeyLong());

    /// <inheritdoc/>
    public async Task<UserFace> GetAsync()
    {
        var shards = options.Value.Shards;
        var counters = await GrainFactory.GetGrain<IUserShardGrain>(ShardKey.Of(KeyHash.ShardOf(User, shards), shards)).ReadAsync(User);
        var held = state.State.Override is { } decision && decision.Expires > time.GetUtcNow() ? decision : null;
        return new UserFace(counters, held, [.. state.State.Appeals]);
    }

    /// <inheritdoc/>
    public async Task OverrideAsync(UserOverride? decision)
    {
        if (decision is not null)
        {
            Require(decision.Author, nameof(UserOverride.Author));
            Require(decision.Reason, nameof(UserOverride.Reason));
            if (decision.Expires <= time.GetUtcNow())
            {
                throw new ArgumentException("The override has expired already: give a later end.", nameof(decision));
            }
        }

        state.State.Override = decision;
        await state.WriteStateAsync();
        await overrides.SetAsync(User, decision, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task AppealAsync(string clickId, string text)
    {
        Require(clickId, nameof(clickId));
        Require(text, nameof(text));
        var appeals = state.State.Appeals;
        appeals.Add(new UserAppeal(clickId, text, time.GetUtcNow()));
        appeals.RemoveRange(0, Math.Max(0, appeals.Count - MostAppeals));
        await state.WriteStateAsync();
    }

    private static void Require(string? text, string name)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > GreatestText)
        {
            throw new ArgumentException($"{name} is missing or longer than {GreatestText} characters.", nameof(text));
        }
    }
}
