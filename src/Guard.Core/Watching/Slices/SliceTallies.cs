using System.Runtime.CompilerServices;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Scoring;

namespace Guard.Core.Watching.Slices;

/// <summary>
/// What happened in each slice: clicks, invalidated ones, scores and purchases, per five minutes of event time over the last day and per hour over
/// the week before, with histograms of scores over seven days. Every click counts in its leaf; the slices above are summed when they are read.
/// </summary>
/// <remarks>
/// <para>A click counts in the interval of its own time, however late it comes, as long as that lies within the week. A purchase counts in the interval of
/// its click, once a click.</para>
/// <para>Memory: 21 KB for each leaf with clicks in the last week (at most 145 MB, if all 6,770 had), and 32 MB at most for the clicks that purchases may
/// name, by default. Adding allocates nothing but a new leaf and what the recent clicks grow by. Times and sums depend on the order of clicks
/// alone, not on how they are cut into batches.</para>
/// <para>Not thread-safe: who reads while another writes holds a lock, or reads between batches.</para>
/// </remarks>
public sealed partial class SliceTallies
{
    private readonly SliceTalliesOptions _options;
    private readonly LeafTallies?[] _leaves = new LeafTallies?[Slice.Count];
    private readonly MaturedCounts[] _matured = new MaturedCounts[Slice.Count];
    private readonly RecentClicks[] _recent = new RecentClicks[RecentClicks.Parts];
    private int _hour = -1;
    private int _day;

    /// <summary>Starts with nothing seen.</summary>
    /// <param name="options">How much to remember; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public SliceTallies(SliceTalliesOptions? options = null)
    {
        _options = options ?? new SliceTalliesOptions();
        _options.Validate();
        for (var part = 0; part < _recent.Length; part++)
        {
            _recent[part] = new RecentClicks(_options.PurchaseWindow, _options.PurchaseSlots);
        }
    }

    /// <summary>Gets the event time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Gets how many clicks were older than the week, or had a time outside [0, <see cref="CounterTime.End"/>), and are in no interval.</summary>
    public long Uncounted { get; private set; }

    /// <summary>Gets how many purchases named no click that is held, or one that had purchased before.</summary>
    public long Unjoined { get; private set; }

    /// <summary>
    /// Gets the share of clicks, 1 or a power of ½, among which purchases are counted: 1 unless more clicks come within a window than there is room for.
    /// The clicks are chosen by the keyed hash of their id, so rates among purchasing clicks stay what they are.
    /// </summary>
    public double PurchaseShare => _recent.Min(static part => part.Share);

    /// <summary>Gets the bytes of the tallies and of the recent clicks.</summary>
    public long MemoryBytes => _leaves.Count(static leaf => leaf is not null) * (long)LeafTallies.SavedBytes + _recent.Sum(static part => part.Bytes) + Slice.Count * 24L;

    /// <summary>Adds decided clicks.</summary>
    /// <param name="clicks">The clicks, in order.</param>
    /// <param name="decisions">Their decisions.</param>
    /// <exception cref="ArgumentException">There are fewer decisions than clicks; nothing was added.</exception>
    public void Add(ReadOnlySpan<Click> clicks, ReadOnlySpan<Decision> decisions)
    {
        if (decisions.Length < clicks.Length)
        {
            throw new ArgumentException($"There are {decisions.Length} decisions for {clicks.Length} clicks: give one a click.", nameof(decisions));
        }

        const int Ahead = 8;
        for (var row = 0; row < clicks.Length; row++)
        {
            if (row + Ahead < clicks.Length)
            {
                ref readonly var next = ref clicks[row + Ahead];
                _recent[RecentClicks.PartOf(next.Id)].PrefetchPlace(next.Id);
                _leaves[decisions[row + Ahead].Slice.Code]?.PrefetchPlaces(next.Time, decisions[row + Ahead].Score);
            }

            ref readonly var decision = ref decisions[row];
            Add(clicks[row].Time, clicks[row].Id, decision.Slice, decision.Score, decision.Verdict != Verdict.Valid);
        }
    }

    /// <summary>Adds one decided click.</summary>
    /// <param name="time">Its event time in Unix milliseconds.</param>
    /// <param name="id">The keyed hash of its id; 0 joins no purchase.</param>
    /// <param name="slice">Its leaf.</param>
    /// <param name="score">Its score in [0, 1]; anything else counts as 0.</param>
    /// <param name="invalid">Whether it was invalidated.</param>
    public void Add(long time, ulong id, Slice slice, float score, bool invalid)
    {
        score = score is >= 0 and <= 1 ? score : 0;
        CountClick(time, slice, score, invalid);
        Hold(time, id, slice, score, invalid);
    }

    /// <summary>Adds purchases to the intervals of the clicks that led to them.</summary>
    public void Add(ReadOnlySpan<Purchase> purchases)
    {
        foreach (ref readonly var purchase in purchases)
        {
            Join(purchase, counts: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountClick(long time, Slice slice, float score, bool invalid)
    {
        var hour = EventGrid.Hour(time);
        if (!CounterTime.Holds(time) || !IsKept(hour))
        {
            Uncounted++;
            return;
        }

        var leaf = _leaves[slice.Code] ?? NewLeaf(slice);
        if (time > Newest)
        {
            Newest = time;
            if (hour != _hour)
            {
                MoveTo(hour, EventGrid.Day(time));
                leaf = _leaves[slice.Code] ?? NewLeaf(slice);
            }
        }

        leaf.NewestHour = Math.Max(leaf.NewestHour, hour);
        ref var counts = ref Counts(leaf, time);
        counts.Clicks++;
        counts.Invalid += invalid ? 1 : 0;
        counts.ScoreSum += score;
        if (EventGrid.Day(time) is var day && _day - day < EventGrid.Days)
        {
            leaf.AddScore(day, EventGrid.Bin(score));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hold(long time, ulong id, Slice slice, float score, bool invalid)
    {
        if (id == 0 || !CounterTime.Holds(time))
        {
            return;
        }

        var recent = new RecentClick
        {
            Id = id,
            Interval = (uint)EventGrid.Interval(time),
            Leaf = (ushort)slice.Code,
            ScoreBin = (byte)EventGrid.Bin(score),
            Flags = invalid ? RecentClick.InvalidFlag : (byte)0,
        };
        _recent[RecentClicks.PartOf(id)].Add(recent, time);
    }

    private void Join(in Purchase purchase, bool counts)
    {
        var joined = _recent[RecentClicks.PartOf(purchase.Click)].TryTake(purchase.Click, out var click);
        if (joined && counts)
        {
            Count(click);
        }
        else if (counts)
        {
            Unjoined++;
        }
    }

    private void Count(in RecentClick click)
    {
        for (var slice = Slice.FromCode(click.Leaf); ; slice = slice.Parent)
        {
            ref var matured = ref _matured[slice.Code];
            matured.Purchased++;
            matured.Invalid += click.Invalid ? 1 : 0;
            if (slice.Depth == 0)
            {
                break;
            }
        }

        if (_leaves[click.Leaf] is not { } leaf || !IsKept(EventGrid.Hour(click.Time)))
        {
            return;
        }

        ref var counts = ref Counts(leaf, click.Time);
        counts.Purchased++;
        counts.PurchasedInvalid += click.Invalid ? 1u : 0;
        if (EventGrid.Day(click.Time) is var day && _day - day < EventGrid.Days)
        {
            leaf.AddPurchased(day, click.ScoreBin);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref IntervalCounts Counts(LeafTallies leaf, long time)
    {
        var hour = EventGrid.Hour(time);
        return ref _hour - hour < EventGrid.FineHours ? ref leaf.Interval(EventGrid.Interval(time)) : ref leaf.Hour(hour);
    }

    private bool IsKept(int hour) => _hour - hour < EventGrid.FineHours + EventGrid.CoarseHours;

    private LeafTallies NewLeaf(Slice slice)
    {
        if (slice.Depth != 3)
        {
            throw new ArgumentException($"A click belongs to a leaf, and {slice} is none: give device, login and marketplace.", nameof(slice));
        }

        NoteSeen(slice.Code);
        return _leaves[slice.Code] = new LeafTallies();
    }

    /// <summary>Moves on to a newer hour: coarsens what leaves the last day, begins days, and forgets leaves without a click in the week.</summary>
    private void MoveTo(int hour, int day)
    {
        foreach (ref var leaf in _leaves.AsSpan())
        {
            if (leaf is null)
            {
                continue;
            }

            if (hour - leaf.NewestHour >= EventGrid.FineHours + EventGrid.CoarseHours)
            {
                leaf = null;
                continue;
            }

            for (var next = Math.Max(_hour + 1, EventGrid.FineHours); next <= hour; next++)
            {
                leaf.Coarsen(next - EventGrid.FineHours);
            }

            for (var next = _day + 1; next <= day; next++)
            {
                leaf.BeginDay(next);
            }
        }

        (_hour, _day) = (hour, day);
    }
}
