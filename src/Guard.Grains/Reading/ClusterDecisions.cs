using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading;

/// <summary>The decisions of all partitions, read where they stand, on any silo. Safe for concurrent use.</summary>
/// <param name="follower">Where they stand.</param>
/// <param name="scan">Goes through them.</param>
/// <param name="finder">Finds those of one click.</param>
/// <param name="explainer">Makes decisions of rows.</param>
/// <param name="hash">Hashes click ids as intake does.</param>
internal sealed class ClusterDecisions(DirectoryFollower follower, DecisionScan scan, DecisionFinder finder, DecisionExplainer explainer, KeyedHash hash) : IDecisionLog
{
    /// <summary>How many decisions a query looks at, so that a filter which nothing passes ends.</summary>
    private const int MostLookedAt = 200_000;

    /// <inheritdoc/>
    public long Last => follower.Directory.Last;

    /// <inheritdoc/>
    public async ValueTask<DecisionPage> ReadAsync(DecisionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.After, nameof(query));
        if (query.Maximum is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Maximum, $"Maximum is {query.Maximum}; give a value from 1 to 10000.");
        }

        var filter = RowFilters.Of(query);
        var result = query.NewestFirst
            ? await scan.BackwardAsync(query.After == 0 ? long.MaxValue : query.After, query.Maximum, MostLookedAt, filter, cancellationToken)
            : await scan.ForwardAsync(query.After, query.Maximum, MostLookedAt, filter, cancellationToken);
        return new DecisionPage(await KeptAsync(result, whole: query.Maximum == 1, cancellationToken), result.Next, query.NewestFirst ? 0 : result.Missed);
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return follower.WaitAsync(after, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<KeptDecision?> FindAsync(string clickId, CancellationToken cancellationToken = default) => FindAsync(clickId, null, cancellationToken);

    /// <summary>Finds the newest decision of a click, of one source or of any.</summary>
    public async ValueTask<KeptDecision?> FindAsync(string clickId, string? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clickId);
        var click = hash.Of(HashKind.Click, Encoding.UTF8.GetBytes(clickId));
        var found = await finder.FindAsync(
            click, (segment, row) => segment.Texts(row) is var texts && texts.Id == clickId && (source is null || texts.Source == source), cancellationToken);
        return found is var (segment, row) ? await explainer.ReadAsync(segment, row, whole: true, cancellationToken) : null;
    }

    /// <summary>Finds a user's decisions among the newest.</summary>
    /// <param name="user">The keyed hash of the user.</param>
    /// <param name="among">Among how many, about, at most.</param>
    /// <param name="maximum">The greatest number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The decisions, newest first, and the newest event time of all that were looked at; the epoch where there was none.</returns>
    public async ValueTask<(IReadOnlyList<KeptDecision> Decisions, DateTimeOffset Newest)> OfUserAsync(ulong user, int among, int maximum, CancellationToken cancellationToken)
    {
        var newest = 0L;
        var result = await scan.BackwardAsync(
            long.MaxValue,
            maximum,
            among,
            (in DecidedRow row) =>
            {
                newest = Math.Max(newest, row.Time);
                return row.User == user;
            },
            cancellationToken);
        return (await KeptAsync(result, whole: false, cancellationToken), DateTimeOffset.FromUnixTimeMilliseconds(newest));
    }

    private async Task<IReadOnlyList<KeptDecision>> KeptAsync(ScanResult result, bool whole, CancellationToken cancellationToken)
    {
        var decisions = new List<KeptDecision>(result.Found.Count);
        foreach (var (segment, row) in result.Found)
        {
            decisions.Add(await explainer.ReadAsync(segment, row, whole, cancellationToken));
        }

        return decisions;
    }
}
