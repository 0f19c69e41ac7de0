using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Engine.Blocks;
using Guard.Engine.Log;
using Guard.Engine.Policy;

namespace Guard.Engine.Decisions;

/// <summary>The decisions in the log, read where they stand. Safe for concurrent use.</summary>
/// <param name="log">The log.</param>
/// <param name="last">How far decisions are durable.</param>
/// <param name="reader">Makes decisions of rows.</param>
/// <param name="hash">Hashes click ids as intake does.</param>
internal sealed class DecisionLog(PartitionLog log, Milestone last, DecisionReader reader, KeyedHash hash) : IDecisionLog
{
    /// <summary>How many decisions a query looks at, so that a filter which nothing passes ends.</summary>
    private const int MostLookedAt = 200_000;

    /// <summary>How many blocks are read at a time where the newest come first.</summary>
    private const int MostBlocksAtOnce = 256;
    private const int FewRows = 4_096;

    /// <inheritdoc/>
    public long Last => last.Value;

    /// <inheritdoc/>
    public async ValueTask<DecisionPage> ReadAsync(DecisionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.After, nameof(query));
        if (query.Maximum is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Maximum, $"Maximum is {query.Maximum}; give a value from 1 to 10000.");
        }

        var (rows, next, missed) = query.NewestFirst ? Backward(query) : Forward(query);
        var decisions = new List<KeptDecision>(rows.Count);
        foreach (var row in rows)
        {
            decisions.Add(await reader.ReadAsync(row, whole: query.Maximum == 1, cancellationToken));
        }

        return new DecisionPage(decisions, next, missed);
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return last.WaitAsync(after, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<KeptDecision?> FindAsync(string clickId, CancellationToken cancellationToken = default) => FindAsync(clickId, null, cancellationToken);

    /// <summary>Finds the newest decision of a click, of one source or of any.</summary>
    public async ValueTask<KeptDecision?> FindAsync(string clickId, string? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clickId);
        foreach (var place in log.Find(hash.Of(HashKind.Click, Encoding.UTF8.GetBytes(clickId))))
        {
            if (RowAt(place) is { } row && row.Id == clickId && (source is null || row.Source == source))
            {
                return await reader.ReadAsync(row, whole: true, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Finds a user's decisions among the newest.</summary>
    /// <param name="user">The keyed hash of the user.</param>
    /// <param name="among">Among how many, at most.</param>
    /// <param name="maximum">The greatest number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<IReadOnlyList<KeptDecision>> OfUserAsync(ulong user, int among, int maximum, CancellationToken cancellationToken)
    {
        var decisions = new List<KeptDecision>();
        foreach (var row in Backward(last.Value + 1, maximum, among, (in DecidedBlock block, int row) => block.User(row) == user).Rows)
        {
            decisions.Add(await reader.ReadAsync(row, whole: false, cancellationToken));
        }

        return decisions;
    }

    private delegate bool Filter(in DecidedBlock block, int row);

    private static Filter FilterOf(DecisionQuery query) => (in DecidedBlock block, int row) =>
        (query.Verdict is not { } verdict || block.VerdictOf(row) == verdict) && (query.Slice is not { } slice || IsWithin(block.SliceOf(row), slice));

    private static bool IsWithin(Slice leaf, Slice slice)
    {
        while (leaf.Depth > slice.Depth)
        {
            leaf = leaf.Parent;
        }

        return leaf == slice;
    }

    private (IReadOnlyList<KeptRow> Rows, long Next, long Missed) Forward(DecisionQuery query)
    {
        var (rows, filter, end) = (new List<KeptRow>(), FilterOf(query), last.Value);
        var (next, missed, looked) = (query.After, 0L, 0);
        if (query.After >= end)
        {
            return (rows, query.After, 0);
        }

        using var cursor = log.Read(log.PositionOf(query.After + 1) ?? log.First);
        while (cursor.TryRead(out var block) && block.First <= end && rows.Count < query.Maximum && looked < MostLookedAt)
        {
            if (block.Count == 0 || block.First + block.Count <= next + 1)
            {
                continue;
            }

            // A gap in the numbers is what was dropped, lost, or never given.
            missed += Math.Max(0, block.First - next - 1);
            next = Math.Max(next, block.First - 1);
            var decided = new DecidedBlock(block);
            for (var row = (int)(next + 1 - block.First); row < block.Count && rows.Count < query.Maximum; row++)
            {
                looked++;
                next++;
                if (filter(decided, row))
                {
                    rows.Add(new KeptRow(decided, row));
                }
            }
        }

        return (rows, next, missed);
    }

    private (IReadOnlyList<KeptRow> Rows, long Next, long Missed) Backward(DecisionQuery query)
    {
        var (rows, next) = Backward(query.After == 0 ? last.Value + 1 : Math.Min(query.After, last.Value + 1), query.Maximum, MostLookedAt, FilterOf(query));
        return (rows, next, 0);
    }

    private (List<KeptRow> Rows, long Next) Backward(long before, int maximum, int among, Filter filter)
    {
        // Blocks are as large as what waited: numbers alone say the same of two logs of the same events.
        var (rows, next, least) = (new List<KeptRow>(), before, before - among);
        var end = before > 1 ? log.PositionOf(before - 1) + 1 ?? log.Durable : 0;
        for (var blocks = 1; end > log.First && rows.Count < maximum && next > least;)
        {
            var start = Math.Max(log.First, end - blocks);
            var (found, count, lowest) = ReadBackward(start, end, next, least, maximum - rows.Count, filter);
            rows.AddRange(found);
            next = Math.Min(next, lowest);
            end = start;
            blocks = count < FewRows ? Math.Min(blocks * 2, MostBlocksAtOnce) : 1;
        }

        return (rows, next);
    }

    private (List<KeptRow> Found, int Looked, long Lowest) ReadBackward(long start, long end, long before, long least, int maximum, Filter filter)
    {
        var byBlock = new Stack<(List<KeptRow> Rows, long Lowest, int Looked)>();
        using var cursor = log.Read(start);
        while (cursor.Position < end && cursor.TryRead(out var block) && block.Position < end)
        {
            if (block.Count == 0 || block.First >= before)
            {
                continue;
            }

            var decided = new DecidedBlock(block);
            var (rows, looked, row) = (new List<KeptRow>(), 0, (int)Math.Min(block.Count, before - block.First) - 1);
            for (; row >= 0 && block.First + row >= least && rows.Count < maximum; row--)
            {
                looked++;
                if (filter(decided, row))
                {
                    rows.Add(new KeptRow(decided, row));
                }
            }

            byBlock.Push((rows, block.First + row + 1, looked));
        }

        var (found, all, lowest) = (new List<KeptRow>(), 0, before);
        foreach (var (rows, blockLowest, looked) in byBlock)
        {
            var taken = Math.Min(rows.Count, maximum - found.Count);
            found.AddRange(rows.Take(taken));
            all += looked;
            lowest = taken == rows.Count ? blockLowest : taken > 0 ? rows[taken - 1].Click.Sequence : lowest;
            if (found.Count == maximum)
            {
                break;
            }
        }

        return (found, all, lowest);
    }

    private KeptRow? RowAt(KeyPlace place)
    {
        using var cursor = log.Read(place.Position);
        return cursor.TryRead(out var block) && block.Position == place.Position && !KeptPolicy.Is(block.Payload.Span) && place.Row < block.Count
            ? new KeptRow(new DecidedBlock(block), place.Row)
            : null;
    }
}
