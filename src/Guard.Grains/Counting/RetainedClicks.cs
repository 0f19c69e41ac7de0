using System.Runtime.InteropServices;

namespace Guard.Grains.Counting;

/// <summary>
/// The clicks of a partition since its committed position: what it takes to bring a shard up to date whose silo was lost.
/// At 56 bytes a click, so 5.6 MB at 10,000 clicks a second and a commit every ten seconds.
/// </summary>
internal sealed class RetainedClicks
{
    private readonly List<CountedClick> _clicks = [];

    public ReadOnlySpan<CountedClick> Clicks => CollectionsMarshal.AsSpan(_clicks);

    public void Add(in CountedClick click) => _clicks.Add(click);

    /// <summary>Forgets the clicks up to a number, which every shard has saved.</summary>
    public void Forget(long through) => _clicks.RemoveRange(0, FirstAfter(through));

    /// <summary>Picks the clicks in (<paramref name="after"/>, <paramref name="through"/>] that a shard holds, in order.</summary>
    public CountedClick[] Between(long after, long through, Func<CountedClick, bool> belongs) =>
        [.. _clicks.Skip(FirstAfter(after)).TakeWhile(click => click.Sequence <= through).Where(belongs)];

    private int FirstAfter(long sequence)
    {
        var (low, high) = (0, _clicks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _clicks[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
