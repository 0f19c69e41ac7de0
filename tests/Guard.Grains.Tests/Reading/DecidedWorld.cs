using System.Diagnostics.Metrics;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Reading;
using Guard.Grains.Reading.Chunks;
using Guard.Grains.Reading.Index;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Reading;

/// <summary>
/// Partitions that decide, an index that dies, and a reader, drawn from a seed: reports come late, twice, with gaps or not at
/// all; the store fails before or after a write; whoever was there before goes on as if nothing had happened.
/// </summary>
internal sealed class DecidedWorld
{
    private const int Partitions = 3;
    private const int ClickIds = 12;
    private static readonly Serializer s_serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly LostSegments s_lost = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), NullLogger<LostSegments>.Instance);

    private readonly Random _random;
    private readonly List<SegmentMark>[] _marks = [.. Enumerable.Range(0, Partitions).Select(_ => new List<SegmentMark>())];
    private readonly long[] _committed = [.. Enumerable.Repeat(-1L, Partitions)];
    private readonly List<(DecisionIndex Index, DecisionCompactor Compactor)> _activations = [];
    private readonly TextColumnsWriter _texts = new();

    public DecidedWorld(int seed, KeptDecisionsOptions options)
    {
        _random = new Random(seed);
        Options = options;
        Segments = new DecisionSegments(Store, s_serializer);
        Index = new IndexStore(Store, s_serializer);
        Chunks = new ChunkStore(Store, s_serializer);
        Kept = new KeptSegments(Segments, Chunks, Microsoft.Extensions.Options.Options.Create(new ClusterOptions { Decisions = options }));
        Follower = new DirectoryFollower(null!, Index, TimeProvider.System, NullLogger<DirectoryFollower>.Instance);
        Scan = new DecisionScan(Follower, Kept, s_lost);
        Finder = new DecisionFinder(Follower, Kept, s_lost);
    }

    public FaultyArtifacts Store { get; } = new();

    public FixedTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public KeptDecisionsOptions Options { get; }

    public DecisionSegments Segments { get; }

    public IndexStore Index { get; }

    public ChunkStore Chunks { get; }

    public KeptSegments Kept { get; }

    public DirectoryFollower Follower { get; }

    public DecisionScan Scan { get; }

    public DecisionFinder Finder { get; }

    /// <summary>Gets every decision that was made durable: partition, message and row, with the click's id.</summary>
    public Dictionary<string, string> Decided { get; } = new(StringComparer.Ordinal);

    /// <summary>Something happens.</summary>
    public async Task StepAsync()
    {
        switch (_random.Next(12))
        {
            case < 5:
                await DecideAsync(_random.Next(Partitions));
                break;
            case < 8:
                await TryAsync(_random.Next(4) == 0, activation => activation.Index.NumberAsync(Report(_random.Next(Partitions))));
                break;
            case 8:
                Store.Fail(_random.Next(8), _random.Next(2) == 0);
                break;
            case 9:
                await StartAsync();
                break;
            default:
                await TryAsync(_random.Next(4) == 0, activation => activation.Compactor.RunAsync(CancellationToken.None));
                break;
        }
    }

    /// <summary>All is told, nothing fails any more, and what is to be compacted or deleted is.</summary>
    public async Task EndAsync()
    {
        Store.Fail(-1, happens: false);
        await StartAsync();
        var (index, compactor) = _activations[^1];
        for (var partition = 0; partition < Partitions; partition++)
        {
            await DecideAsync(partition);
            _committed[partition] = _marks[partition][^1].LastMessage;
            await index.NumberAsync(new DecidedReport(partition, _committed[partition], _committed[partition], []));
        }

        await compactor.RunAsync(CancellationToken.None);
        await Follower.RefreshAsync(CancellationToken.None);
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Time.Now += time;

    /// <summary>Gets which decision a row is.</summary>
    public static string NameOf((NumberedSegment Segment, int Row) found) => found.Segment.Texts(found.Row).Source;

    public static ulong HashOf(string clickId) => HubTraffic.Hash.Of(HashKind.Click, Encoding.UTF8.GetBytes(clickId));

    private async Task StartAsync()
    {
        var index = new DecisionIndex(Index, Segments, s_lost, Time);
        await index.OpenAsync(CancellationToken.None);
        _activations.Add((index, new DecisionCompactor(index, Kept, Segments, Chunks, Options, Time, s_lost)));
    }

    private async Task TryAsync(bool byFormer, Func<(DecisionIndex Index, DecisionCompactor Compactor), Task> act)
    {
        if (_activations.Count == 0)
        {
            await StartAsync();
        }

        try
        {
            await act(byFormer ? _activations[_random.Next(_activations.Count)] : _activations[^1]);
        }
        catch (Exception exception) when (exception is IndexGivenUpException or IOException)
        {
            // As a grain does that gave up.
            await StartAsync();
        }
    }

    private DecidedReport Report(int partition)
    {
        var marks = _marks[partition];
        var end = marks.Count - (_random.Next(3) == 0 ? _random.Next(marks.Count + 1) : 0);
        var start = Math.Max(0, end - _random.Next(4));
        var decided = end > 0 ? marks[end - 1].LastMessage : -1;
        _committed[partition] = Math.Max(_committed[partition], _random.Next(2) == 0 && end > 0 ? decided : -1);
        return new DecidedReport(partition, decided, _committed[partition], [.. marks.Skip(start).Take(end - start).Where(_ => _random.Next(8) > 0)]);
    }

    private async Task DecideAsync(int partition)
    {
        var marks = _marks[partition];
        var first = marks.Count > 0 ? marks[^1].LastMessage + 1 : 0;
        var rows = new DecidedRow[_random.Next(7)];
        for (var row = 0; row < rows.Length; row++)
        {
            var (name, id) = ($"{partition}/{first}/{row}", $"c-{_random.Next(ClickIds)}");
            rows[row] = new DecidedRow(new Click { Id = HashOf(id), User = (ulong)_random.Next(3), Time = first }, new Decision { Verdict = (Verdict)_random.Next(3) });
            _texts.Add(new DecisionTexts(id, name, "", "", null));
            Decided[name] = id;
        }

        var (ends, texts) = _texts.Take();
        var segment = new DecisionSegment
        {
            Partition = partition,
            FirstMessage = first,
            LastMessage = first + _random.Next(5),
            Rows = RowBytes.Of<DecidedRow>(rows),
            Features = RowBytes.Of<float>(new float[rows.Length * ClickFeatures.Schema.Width]),
            Purchases = RowBytes.Of<PurchaseRow>([]),
            Model = $"m{_random.Next(2)}",
            Thresholds = "t",
            TextEnds = ends,
            Texts = texts,
        };
        for (var durable = false; !durable;)
        {
            try
            {
                await Segments.CreateAsync(segment);
                durable = true;
            }
            catch (IOException)
            {
                // Made again by whoever decides next, to the same bytes.
            }
        }

        marks.Add(SegmentMark.Of(segment));
    }
}
