using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Shards;
using Guard.Engine.Tests;

namespace Guard.Server.Tests.Hosting;

/// <summary>A host without a log: real intake, counters, model and detectors, all in memory. Its streams are a part of their own.</summary>
internal sealed class MemoryHost : IIngest, IDecisionLog, IUsers, ITraffic, IHostHealth, IQuarantine, IDecisionSink, IDisposable
{
    private static readonly DecisionPolicy s_policy = RandomTraffic.Policy(1);
    private readonly KeyedHash _hash = new(HashingKey.FromBytes(new byte[HashingKey.Bytes]));
    private readonly SemaphoreSlim _one = new(1);
    private readonly EventIntake _intake;
    private readonly ClickPipeline _pipeline;
    private readonly EventBatch _batch = new();
    private readonly List<(KeptDecision Decision, ulong User)> _decisions = [];
    private readonly List<RejectedEntry> _rejections = [];
    private readonly List<QuarantineRow> _quarantine = [];
    private readonly Dictionary<string, KeptDecision> _byClick = new(StringComparer.Ordinal);
    private readonly Dictionary<Slice, TrafficTally> _slices = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _index;

    public MemoryHost()
    {
        _intake = new EventIntake(new IntakeOptions(), _hash, this);
        _pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Shards = 1, Workers = 1, UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 1_000 }), this, () => s_policy);
    }

    /// <summary>Gets the telemetry streams.</summary>
    public MemoryStreams Streams { get; } = new();

    /// <summary>Gets or sets what taking events in throws.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Gets or sets what holds taking events in up.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets whether scores get their decisions before the disk has the clicks.</summary>
    public bool DiskIsLate { get; set; }

    /// <summary>Gets or sets the first number that is still kept.</summary>
    public long FirstKept { get; set; } = 1;

    public long Last => _decisions.Count;

    public string? NotReady { get; set; }

    public string? NotLive { get; set; }

    public async ValueTask<Receipt> SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await Gate.WaitAsync(cancellationToken);
            if (Fault is not null)
            {
                throw Fault;
            }

            _batch.Clear();
            _rejections.Clear();
            (_index, var accepted, var duplicates) = (0, 0, 0);
            foreach (var json in Split(events))
            {
                var outcome = _intake.Take(json, new EventPosition("memory", _index + 1, 0), EventDecoder.NoClock, _batch);
                accepted += outcome == IntakeOutcome.Accepted ? 1 : 0;
                duplicates += outcome == IntakeOutcome.Duplicate ? 1 : 0;
                _index++;
            }

            await _pipeline.ProcessAsync(_batch, cancellationToken);
            foreach (var point in _batch.Telemetry)
            {
                Streams.Take(point);
            }

            var (news, next) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _news = next;
            news.SetResult();
            return new Receipt(accepted, duplicates, _rejections.Count, [.. _rejections.Take(Receipt.GreatestRejections)]);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask<ScoredClick> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellationToken = default)
    {
        var receipt = await SendAsync(click, cancellationToken);
        return receipt.Quarantined > 0 ? new(null, receipt.Rejections[0], Duplicate: false)
            : receipt.Duplicates > 0 ? new(_byClick.GetValueOrDefault(JsonDocument.Parse(click).RootElement.GetProperty("id").GetString()!), null, Duplicate: true)
            : new(_decisions[^1].Decision, null, Duplicate: false) { IsDurable = !DiskIsLate };
    }

    public ValueTask<DecisionPage> ReadAsync(DecisionQuery query, CancellationToken cancellationToken = default)
    {
        bool Fits(KeptDecision kept) => (query.Verdict is null || kept.Decision.Verdict == query.Verdict) && (query.Slice is null || Path(kept.Decision.Slice).Contains(query.Slice.Value));
        lock (_decisions)
        {
            if (query.NewestFirst)
            {
                var newest = _decisions.Where(item => query.After == 0 || item.Decision.Number < query.After).Select(item => item.Decision).Reverse().Where(Fits).Take(query.Maximum).ToList();
                return new(new DecisionPage(newest, newest.Count > 0 ? newest[^1].Number : query.After, 0));
            }

            var from = Math.Max(query.After, FirstKept - 1);
            var found = _decisions.Skip((int)from).Select(item => item.Decision).Where(Fits).Take(query.Maximum).ToList();
            return new(new DecisionPage(found, found.Count == query.Maximum ? found[^1].Number : Math.Max(from, Last), from - query.After));
        }
    }

    public async ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        while (Last <= after)
        {
            var news = _news;
            if (Last <= after)
            {
                await news.Task.WaitAsync(cancellationToken);
            }
        }
    }

    ValueTask<KeptDecision?> IDecisionLog.FindAsync(string clickId, CancellationToken cancellationToken) => new(_byClick.GetValueOrDefault(clickId));

    ValueTask<UserView?> IUsers.FindAsync(string userId, CancellationToken cancellationToken)
    {
        var user = _hash.Of(HashKind.User, Encoding.UTF8.GetBytes(userId));
        var recent = _decisions.Where(item => item.User == user).Select(item => item.Decision).Reverse().ToList();
        return new(recent.Count == 0 ? null : new UserView(new UserCounters { Clicks = new(recent.Count, recent.Count, recent.Count, recent.Count) }, recent[0].Time, recent));
    }

    public ValueTask<TrafficNow> NowAsync(CancellationToken cancellationToken = default) => new(new TrafficNow
    {
        Started = DateTimeOffset.UnixEpoch,
        Clicks = Last,
        Quarantined = _quarantine.Count,
        Latency = new(1, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(4)),
    });

    public ValueTask<IReadOnlyList<SliceTraffic>> SlicesAsync(CancellationToken cancellationToken = default) =>
        new([.. _slices.OrderBy(item => item.Key.Code).Select(item => TrafficOf(item.Key))]);

    public ValueTask<SliceCourse?> CourseAsync(Slice slice, CancellationToken cancellationToken = default) => new(!_slices.TryGetValue(slice, out var tally) ? null
        : new SliceCourse(TrafficOf(slice), [new(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(5), tally)], [new(1, 0, double.NaN), new(.5, .3, .1)]));

    public ValueTask<QuarantineView> QuarantineAsync(int maximum, CancellationToken cancellationToken = default) => new(new QuarantineView(
        [.. _quarantine.CountBy(row => row.Reason).OrderByDescending(item => item.Value).Select(item => KeyValuePair.Create(item.Key, (long)item.Value))],
        [.. Enumerable.Reverse(_quarantine).Take(maximum)],
        "/secret/folder/quarantine.ndjson"));

    public ValueTask<PolicyView> PolicyAsync(CancellationToken cancellationToken = default) => new(new PolicyView(
        new ModelCard
        {
            Name = "clicks",
            Version = s_policy.Scorer.Version,
            Kind = ModelKind.Network,
            SpanStart = DateTimeOffset.UnixEpoch,
            SpanEnd = DateTimeOffset.UnixEpoch,
            Clicks = 1,
            Human = 1,
            NonHuman = 0,
            Excluded = 0,
            EffectiveSampleSize = 1,
            EffectiveSampleSizeUnclipped = 1,
            Seed = 1,
        },
        s_policy.Thresholds, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, 0, 1));

    public void Dispose() => _one.Dispose();

    void IQuarantine.Add(in RejectedEvent rejected)
    {
        _rejections.Add(new RejectedEntry(_index, rejected.Position.Line, rejected.Rejection.Reason, rejected.Rejection.Detail));
        _quarantine.Add(new QuarantineRow(DateTimeOffset.UnixEpoch, rejected.Rejection.Reason, rejected.Rejection.Detail, "memory", rejected.Position.Line, rejected.Length));
    }

    ValueTask IDecisionSink.WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken)
    {
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            var (click, decision) = (batch.Clicks[row], decided.Decisions[row]);
            var kept = new KeptDecision
            {
                Number = _decisions.Count + 1,
                ClickId = Encoding.UTF8.GetString(batch.Text(click.IdText)),
                Source = Encoding.UTF8.GetString(batch.Text(click.SourceText)),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(click.Time),
                Decision = decision,
                Reasons = decided.ReasonsOf(row),
                ListReason = decision.Stage == DecisionStage.CrawlerList ? s_policy.Crawlers.List.Patterns[decision.ListEntry] : null,
                Features = decided.Row(row).ToArray(),
                Model = s_policy.Scorer.Version,
                Thresholds = s_policy.Thresholds.Version,
                Traits = click.Traits,
                CostMicros = click.CostMicros,
                CampaignId = Encoding.UTF8.GetString(batch.Text(click.CampaignText)),
                AdvertiserId = Encoding.UTF8.GetString(batch.Text(click.AdvertiserText)),
            };
            foreach (var slice in Path(decision.Slice))
            {
                _slices[slice] = _slices.GetValueOrDefault(slice) + new TrafficTally(1, decision.Verdict == Verdict.Valid ? 0 : 1, decision.Score, 0, 0);
            }

            lock (_decisions)
            {
                _decisions.Add((kept, click.User));
                _byClick[kept.ClickId] = kept;
            }
        }

        return ValueTask.CompletedTask;
    }

    private static IEnumerable<Slice> Path(Slice slice)
    {
        for (; slice.Depth > 0; slice = slice.Parent)
        {
            yield return slice;
        }

        yield return Slice.All;
    }

    private static IEnumerable<byte[]> Split(ReadOnlyMemory<byte> events)
    {
        var text = Encoding.UTF8.GetString(events.Span).Trim();
        if (!text.StartsWith('['))
        {
            return text.Split(text.StartsWith('{') && IsWhole(text) ? '\0' : '\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !string.IsNullOrWhiteSpace(line)).Select(Encoding.UTF8.GetBytes);
        }

        return JsonDocument.Parse(text).RootElement.EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText())).ToList();
    }

    private static bool IsWhole(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SliceTraffic Traffic(Slice slice, TrafficTally tally)
    {
        var threshold = s_policy.Thresholds.ThresholdOf(slice, out var source);
        return new(slice, tally, tally, threshold, source);
    }

    private SliceTraffic TrafficOf(Slice slice) => Traffic(slice, _slices[slice]);
}
