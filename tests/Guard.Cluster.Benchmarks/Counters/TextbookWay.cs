using Guard.Cluster.Benchmarks.Textbook;
using Guard.Core.Clicks;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>A grain for each user, and where asked for each address and user agent; a call an event to each. A lane is a call in flight (or three, side by side).</summary>
/// <param name="grains">The silo's grains.</param>
/// <param name="all">Whether addresses and user agents count too.</param>
internal sealed class TextbookWay(IGrainFactory grains, bool all) : ICounterWay
{
    // Lanes share the stream: a number for each click would have all of them wait for one cache line.
    private const int Stretch = 16;

    /// <inheritdoc/>
    public IReadOnlyList<int> Lanes => [16, 64, 256, 1024, 4096];

    /// <inheritdoc/>
    public async ValueTask<int> CountAsync(int lane, ClickStream stream, int most = int.MaxValue)
    {
        var clicks = Math.Min(most, Stretch);
        var first = stream.Take(clicks);
        for (var number = first; number < first + clicks; number++)
        {
            await CountAsync(stream[number]);
        }

        return clicks;
    }

    /// <inheritdoc/>
    public async ValueTask<string> ReadAsync(ClickStream stream)
    {
        var (user, address, userAgent) = await CountAsync(stream[stream.Take(1)]);
        return all ? $"{user} {address} {userAgent}" : $"{user}";
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // Nothing is kept beside the counters.
    }

    private ValueTask<(UserReading User, AddressReading Address, double UserAgent)> CountAsync(Click click)
    {
        var seen = new ClickEvent(click.Time, click.User, click.Session, click.UserAgent);
        var user = grains.GetGrain<IUserCounterGrain>((long)click.User).CountAsync(seen);
        return all
            ? RestAsync(
                user,
                grains.GetGrain<IAddressCounterGrain>((long)click.Entity).CountAsync(seen),
                grains.GetGrain<IUserAgentCounterGrain>((long)click.UserAgent).CountAsync(click.Time))
            : OneAsync(user);
    }

    private static async ValueTask<(UserReading User, AddressReading Address, double UserAgent)> OneAsync(ValueTask<UserReading> user) => (await user, default, 0);

    private static async ValueTask<(UserReading User, AddressReading Address, double UserAgent)> RestAsync(
        ValueTask<UserReading> user, ValueTask<AddressReading> address, ValueTask<double> userAgent) => (await user, await address, await userAgent);
}
