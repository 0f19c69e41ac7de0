using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Hosting;
using Guard.Core.Scoring;

namespace Guard.Server.Tests.Console;

/// <summary>Answers to every question of the console, drawn from a seed; it takes clicks one by one.</summary>
internal sealed class SeededHost : IIngest, ITraffic, IDecisionLog, IStreams, IUsers, IHostHealth
{
    public const string KnownUser = "user-7";

    // What is dear to draw is drawn once for all hosts.
    private static readonly DateTimeOffset s_start = TimeProvider.System.GetUtcNow();
    private static readonly Lazy<PolicyView> s_policy = new(() => SeededPolicy.View(s_start));
    private static readonly Lazy<IReadOnlyDictionary<Slice, List<TrafficInterval>>> s_week = new(() => SeededTraffic.Week(s_start));
    private static readonly Lazy<SeededStreams> s_streams = new(() => new SeededStreams(s_start));

    private readonly DateTimeOffset _start = s_start;
    private readonly IReadOnlyDictionary<Slice, List<TrafficInterval>> _week;
    private readonly SeededStreams? _streams;
    private readonly List<KeptDecision> _decisions = [];
    private readonly Random _random = new(3);

    /// <summary>Makes a host with a week behind it, or one that has just begun.</summary>
    public SeededHost(bool empty = false)
    {
        Policy = s_policy.Value;
        _week = empty ? new Dictionary<Slice, List<TrafficInterval>>() : s_week.Value;
        _streams = empty ? null : s_streams.Value;
        for (var index = 0; index < (empty ? 0 : 400); index++)
        {
            Add($"c-{_random.NextInt64(1L << 40):x10}", _start.AddSeconds((index - 400) * 2.4));
        }
    }

    public PolicyView Policy { get; set; }

    public Exception? Fault { get; set; }

    public long Last => _decisions.Count;

    public string? NotReady { get; set; }

    public string? NotLive => null;

    /// <summary>Decides one more click.</summary>
    public void Add(string clickId, DateTimeOffset? time = null)
    {
        lock (_decisions)
        {
            var number = _decisions.Count + 1;
            var features = SeededPolicy.Features(_random, _random.NextDouble() < .2);
            var (slice, score) = (SeededPolicy.Leaf(_random), SeededPolicy.ScoreOf(features));
            var threshold = Policy.Thresholds.ThresholdOf(slice, out var source);
            var crawler = number % 29 == 0;
            var contributions = new float[features.Length];
            SeededPolicy.Model.Explain(features, contributions);
            _decisions.Add(new KeptDecision
            {
                Number = number,
                ClickId = clickId,
                Source = "/ads/click/eu1",
                Time = time ?? _start,
                Decision = new Decision
                {
                    Verdict = crawler ? Verdict.GeneralInvalid : score >= threshold ? Verdict.SophisticatedInvalid : Verdict.Valid,
                    Stage = crawler ? DecisionStage.CrawlerList : DecisionStage.Model,
                    ListEntry = crawler ? 3 : -1,
                    Score = score,
                    Threshold = threshold,
                    Slice = slice,
                    ThresholdSlice = source,
                },
                Reasons = crawler ? default : Reasons.Strongest(features, contributions, score >= threshold),
                ListReason = crawler ? "Googlebot" : null,
                Features = features,
                Contributions = crawler ? default : contributions,
                Model = Policy.Model.Version,
                Thresholds = Policy.Thresholds.Version,
                Traits = number % 41 == 0 ? ClickTraits.Late : ClickTraits.None,
                CostMicros = 350_000,
                CampaignId = "spring-24",
                AdvertiserId = "v-1187",
            });
        }
    }

    public ValueTask<TrafficNow> NowAsync(CancellationToken cancellationToken = default)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        var all = _week.TryGetValue(Slice.All, out var intervals) ? SeededTraffic.Sum(intervals, DateTimeOffset.MinValue) : default;
        return new(new TrafficNow
        {
            Started = _start.AddDays(-2.3),
            Newest = Last == 0 ? null : _start,
            Clicks = all.Clicks + Last,
            GeneralInvalid = all.Invalid / 6,
            SophisticatedInvalid = all.Invalid - all.Invalid / 6,
            Purchases = all.Purchased,
            Telemetry = _streams?.Views.Sum(view => view.Summary.Rows) ?? 0,
            Duplicates = 211,
            Quarantined = Last == 0 ? 0 : 96,
            ClicksPerSecond = Last == 0 ? 0 : 1234.5,
            Latency = Last == 0 ? new(0, default, default, default, default)
                : new(88_000, TimeSpan.FromMicroseconds(412), TimeSpan.FromMilliseconds(1.31), TimeSpan.FromMilliseconds(2.74), TimeSpan.FromMilliseconds(9.8)),
            Users = Last * 97,
            Entities = Last * 31,
            SnapshotAge = Last == 0 ? null : TimeSpan.FromSeconds(48),
            StoredBytes = Last * 1_900_000,
        });
    }

    public ValueTask<IReadOnlyList<SliceTraffic>> SlicesAsync(CancellationToken cancellationToken = default) =>
        new([.. _week.Keys.OrderBy(slice => slice.Code).Select(Traffic)]);

    public ValueTask<SliceCourse?> CourseAsync(Slice slice, CancellationToken cancellationToken = default) =>
        new(_week.TryGetValue(slice, out var intervals) ? new SliceCourse(Traffic(slice), intervals, SeededTraffic.Curve()) : null);

    public ValueTask<QuarantineView> QuarantineAsync(int maximum, CancellationToken cancellationToken = default)
    {
        (RejectReason Reason, string Detail, int Count)[] rows =
            [(RejectReason.MissingField, "data.userId and data.sessionId", 51), (RejectReason.InvalidTime, "time", 30), (RejectReason.Malformed, "line is cut short", 15)];
        return new(Last == 0 ? new QuarantineView([], [], "quarantine.ndjson") : new QuarantineView(
            [.. rows.Select(row => KeyValuePair.Create(row.Reason, (long)row.Count))],
            [.. Enumerable.Range(0, 30).Select(index => new QuarantineRow(_start.AddSeconds(-index * 77), rows[index % 3].Reason, rows[index % 3].Detail, "/v1/events", index + 1, 420 + 13 * index))],
            "guard-data/quarantine.ndjson"));
    }

    public ValueTask<PolicyView> PolicyAsync(CancellationToken cancellationToken = default) => new(Policy);

    public ValueTask<DecisionPage> ReadAsync(DecisionQuery query, CancellationToken cancellationToken = default)
    {
        lock (_decisions)
        {
            var looked = _decisions.Where(row => query.NewestFirst ? query.After == 0 || row.Number < query.After : row.Number > query.After);
            var found = (query.NewestFirst ? looked.Reverse() : looked)
                .Where(row => (query.Verdict is null || row.Decision.Verdict == query.Verdict) && (query.Slice is not { } slice || SeededTraffic.Path(row.Decision.Slice).Contains(slice)))
                .Take(query.Maximum).ToArray();
            var whole = found.Length == query.Maximum;
            return new(new DecisionPage(found, whole ? found[^1].Number : query.NewestFirst ? 1 : Math.Max(query.After, Last), 0));
        }
    }

    public ValueTask<Receipt> SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken = default) => throw new NotSupportedException("The console sends nothing.");

    public ValueTask<ScoredClick> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellationToken = default) => throw new NotSupportedException("The console sends nothing.");

    public ValueTask WaitAsync(long after, CancellationToken cancellationToken = default) => throw new NotSupportedException("The console does not wait.");

    ValueTask<KeptDecision?> IDecisionLog.FindAsync(string clickId, CancellationToken cancellationToken)
    {
        lock (_decisions)
        {
            return new(_decisions.LastOrDefault(row => row.ClickId == clickId));
        }
    }

    public ValueTask<IReadOnlyList<StreamSummary>> ListAsync(CancellationToken cancellationToken = default) =>
        new([.. _streams?.Views.Select(view => view.Summary) ?? []]);

    ValueTask<StreamView?> IStreams.FindAsync(string stream, CancellationToken cancellationToken) => new(_streams?.Find(stream));

    public ValueTask<IReadOnlyList<StreamAlert>> AlertsAsync(int maximum, CancellationToken cancellationToken = default) =>
        new([.. (_streams?.Views.SelectMany(view => view.Alerts) ?? []).OrderByDescending(alert => alert.Alert.Start).Take(maximum)]);

    ValueTask<UserView?> IUsers.FindAsync(string userId, CancellationToken cancellationToken)
    {
        lock (_decisions)
        {
            return new(userId != KnownUser ? null : new UserView(
                new UserCounters { Clicks = new(2, 5, 9, 31), RateTenSeconds = 1.2f, RateTenMinutes = 4.4f, RateSixHours = 17, Gap = 4_200, Gaps = 30, GapMean = 9.1f, GapVariance = 1.4f, ActiveHours = 5, SessionClicks = 4 },
                _start, [.. _decisions.TakeLast(5).Reverse()]));
        }
    }

    private SliceTraffic Traffic(Slice slice)
    {
        var threshold = Policy.Thresholds.ThresholdOf(slice, out var source);
        return new(slice, SeededTraffic.Sum(_week[slice], _start.AddHours(-1)), SeededTraffic.Sum(_week[slice], _start.AddDays(-1)), threshold, source);
    }
}
