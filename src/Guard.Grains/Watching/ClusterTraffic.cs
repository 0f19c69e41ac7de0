using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Watching.Rates;
using Guard.Core.Watching.Slices;
using Guard.Grains.Counting;
using Guard.Grains.Ingest;
using Guard.Grains.Scoring;

namespace Guard.Grains.Watching;

/// <summary>A cluster's traffic, merged from that of its partitions when it is asked for.</summary>
/// <param name="grains">Finds the partitions.</param>
/// <param name="policies">What decides on this silo.</param>
/// <param name="keys">How many keys have counters.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterTraffic(IGrainFactory grains, PolicyCache policies, KeyCounts keys, TimeProvider time) : ITraffic
{
    private const int MostRows = 1_000;
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <inheritdoc/>
    public async ValueTask<TrafficNow> NowAsync(CancellationToken cancellationToken = default)
    {
        var views = await ViewsAsync(cancellationToken);
        var totals = views.Aggregate(new PartitionTotals(), static (sum, view) => sum.Plus(view.Totals));
        var latency = new LatencyBins();
        Array.ForEach(views, view => latency.AddPairs(view.Latencies));
        var newest = NewestOf(views);
        var own = await grains.GetGrain<ISliceMetricsGrain>(ISliceMetricsGrain.Key).ReadingsAsync().WaitAsync(cancellationToken);
        var (users, entities) = await keys.GetAsync(cancellationToken);
        var ages = await OfEachAsync(QueueAgeAsync, cancellationToken);
        return new TrafficNow
        {
            Started = _started,
            Newest = newest == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(newest),
            Clicks = totals.Clicks,
            GeneralInvalid = totals.GeneralInvalid,
            SophisticatedInvalid = totals.SophisticatedInvalid,
            Purchases = totals.Purchases,
            Telemetry = totals.Telemetry + own,
            Duplicates = totals.Duplicates,
            Quarantined = totals.Quarantined.Values.Sum(),
            ClicksPerSecond = views.Sum(static view => view.ClicksPerSecond),
            Latency = latency.View(),
            QueueAge = ages.Length == 0 ? TimeSpan.Zero : ages.Max(),
            Users = users,
            Entities = entities,
            SnapshotAge = views.Min(static view => view.Saved) is { } saved ? time.GetUtcNow() - saved : null,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SliceTraffic>> SlicesAsync(CancellationToken cancellationToken = default)
    {
        var thresholds = Version.Policy.Thresholds;
        var newest = NewestOf(await ViewsAsync(cancellationToken));
        var parts = await OfAllAsync(partition => partition.LeavesAsync(newest), cancellationToken);
        return SliceMerge.Slices(parts.SelectMany(static part => RowBytes.Read<LeafSums>(part).ToArray()), thresholds);
    }

    /// <inheritdoc/>
    public async ValueTask<SliceCourse?> CourseAsync(Slice slice, CancellationToken cancellationToken = default)
    {
        var thresholds = Version.Policy.Thresholds;
        var newest = NewestOf(await ViewsAsync(cancellationToken));
        CourseSums? merged = null;
        foreach (var part in await OfAllAsync(partition => partition.CourseAsync(slice.Code, newest), cancellationToken))
        {
            if (merged is null)
            {
                merged = part?.ToSums();
            }
            else if (part is not null)
            {
                merged.Add(part.ToSums());
            }
        }

        return merged?.ToCourse(slice, thresholds);
    }

    /// <inheritdoc/>
    public async ValueTask<QuarantineView> QuarantineAsync(int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostRows);
        var totals = (await ViewsAsync(cancellationToken)).Aggregate(new PartitionTotals(), static (sum, view) => sum.Plus(view.Totals));
        var rows = await OfAllAsync(partition => partition.QuarantineAsync(maximum), cancellationToken);
        return new QuarantineView(
            [.. totals.Quarantined.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key)],
            [.. rows.SelectMany(static part => part).OrderByDescending(static row => row.Arrived).Take(maximum).Select(static row => row.ToRow())],
            "quarantine");
    }

    /// <inheritdoc/>
    public ValueTask<PolicyView> PolicyAsync(CancellationToken cancellationToken = default)
    {
        var version = Version;
        return new(new PolicyView(
            version.Model, version.Policy.Thresholds, version.Since, policies.Checked ?? version.Since, policies.Fault, version.Policy.Access.Entries.Count, version.Policy.Crawlers.List.Patterns.Count));
    }

    private PolicyVersion Version => policies.Version ?? throw new BusyException(policies.Fault ?? "This silo has not read its model and thresholds yet.", s_retry, unfit: true);

    private static long NewestOf(PartitionView[] views) => views.Length == 0 ? long.MinValue : views.Max(static view => view.Newest);

    private Task<PartitionView[]> ViewsAsync(CancellationToken cancellationToken) => OfAllAsync(static partition => partition.ViewAsync(), cancellationToken);

    // A partition that cannot answer, as when it moves or its log cannot be read, must not hide what is known of the others.
    private async Task<TimeSpan> QueueAgeAsync(string partition)
    {
        try
        {
            return await grains.GetGrain<IIngestGrain>(partition).QueueAgeAsync().WaitAsync(s_patience, time);
        }
        catch (Exception)
        {
            return TimeSpan.Zero;
        }
    }

    private Task<T[]> OfAllAsync<T>(Func<ITrafficGrain, Task<T>> ask, CancellationToken cancellationToken) =>
        OfEachAsync(partition => ask(grains.GetGrain<ITrafficGrain>(partition)), cancellationToken);

    private async Task<T[]> OfEachAsync<T>(Func<string, Task<T>> ask, CancellationToken cancellationToken)
    {
        var partitions = await grains.GetGrain<INamesGrain>(INamesGrain.Partitions).ListAsync().WaitAsync(cancellationToken);
        return await Task.WhenAll(partitions.Select(ask)).WaitAsync(cancellationToken);
    }
}
