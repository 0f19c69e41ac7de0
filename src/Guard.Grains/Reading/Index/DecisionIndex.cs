using Guard.Core.Hosting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Index;

/// <summary>
/// Gives segments their numbers: those of one partition in the order of its messages, those of several in the order in which
/// they are told of. What waits while a step is being saved makes up the next one. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A number is known to nobody before the head that holds it is saved, and a head follows only the one that was read: of
/// two activations one goes on, so that no number is given twice. Whatever fails ends this one.
/// </remarks>
internal sealed partial class DecisionIndex : IDisposable
{
    /// <summary>How many entries a head holds before they go into a base.</summary>
    private const int MostSinceBase = 512;

    /// <summary>How many segments one step numbers.</summary>
    private const int MostAtOnce = 256;

    private readonly IndexStore _store;
    private readonly DecisionSegments _segments;
    private readonly LostSegments _lost;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly Milestone _version = new();
    private List<Waiting> _waiting = [];
    private readonly Dictionary<int, long> _committed = [];
    private Dictionary<int, long> _next = [];
    private Saved _saved = new(DecisionDirectory.Empty, DecisionDirectory.Empty, DecisionDirectory.Empty);
    private string? _tag;
    private bool _givenUp;

    public DecisionIndex(IndexStore store, DecisionSegments segments, LostSegments lost, TimeProvider time) =>
        (_store, _segments, _lost, _time) = (store, segments, lost, time);

    /// <summary>Gets where the decisions stand.</summary>
    public DecisionDirectory Directory => Volatile.Read(ref _saved).Whole;

    /// <summary>Gets the first version that this activation saved: whoever was there before saves none any more. 0 before it.</summary>
    public long Own { get; private set; }

    /// <summary>Gets the next message without a number, for each partition.</summary>
    public IReadOnlyDictionary<int, long> Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    /// <summary>Gets whether nobody needs a segment any more to find where its partition stands, as far as partitions told since the start.</summary>
    public bool IsCommitted(IndexEntry segment)
    {
        lock (_lock)
        {
            return segment.IsChunk || (_committed.TryGetValue(segment.Partition, out var committed) && segment.LastMessage <= committed);
        }
    }

    /// <summary>Reads what is saved.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (await _store.ReadHeadAsync(cancellationToken) is var (head, tag))
        {
            var whole = await _store.ReadAsync(DecisionDirectory.Empty, cancellationToken);
            if (whole.Version == head.Since.Version)
            {
                var since = whole.After(head.Base);
                Take(tag, new Saved(whole, since, since), head.Next);
                return;
            }
        }
    }

    /// <summary>Numbers what a partition decided; ends when the numbers are durable.</summary>
    /// <exception cref="IndexGivenUpException">This activation ends; the next one finds what the report is about.</exception>
    public async Task NumberAsync(DecidedReport report)
    {
        var waiting = new Waiting(report);
        lock (_lock)
        {
            _waiting.Add(waiting);
            _committed[report.Partition] = Math.Max(report.Committed, _committed.GetValueOrDefault(report.Partition, -1));
        }

        await InTurnAsync(async () =>
        {
            if (!waiting.Done)
            {
                await NumberAsync(TakeWaiting());
            }
        });
    }

    /// <summary>Puts a chunk in the place of the entries that it covers.</summary>
    public Task ReplaceAsync(IndexEntry chunk) => InTurnAsync(() => CommitAsync([chunk], Directory.FirstOrdinal, _next));

    /// <summary>Lets all entries before a segment's place go.</summary>
    public Task DropAsync(long firstOrdinal) => InTurnAsync(() => CommitAsync([], firstOrdinal, _next));

    /// <summary>Deletes what activations before this one left; only once this one saved a version of its own.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => _store.SweepAsync(Own, Volatile.Read(ref _saved).SinceBase.From, cancellationToken);

    /// <summary>Gets what leads from a version to the newest.</summary>
    public DirectoryChange Since(long version)
    {
        var (whole, _, recent) = Volatile.Read(ref _saved);
        return (version >= recent.From ? recent : whole).Since(version);
    }

    /// <summary>Waits for a newer version.</summary>
    public ValueTask WaitAsync(long version, CancellationToken cancellationToken) => _version.WaitAsync(version, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task InTurnAsync(Func<Task> work)
    {
        await _turn.WaitAsync();
        try
        {
            if (_givenUp)
            {
                throw new IndexGivenUpException("The decision index starts again; try again.");
            }

            await work();
        }
        catch
        {
            _givenUp = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<Waiting> TakeWaiting()
    {
        lock (_lock)
        {
            (var waiting, _waiting) = (_waiting, []);
            return waiting;
        }
    }

    private async Task NumberAsync(List<Waiting> reports)
    {
        var step = new NumberingStep(Directory, _next, _time.GetUtcNow());
        foreach (var waiting in reports)
        {
            var report = waiting.Report;
            foreach (var mark in report.Segments)
            {
                step = await FollowAsync(step, report.Partition, mark.FirstMessage);
                step.Add(report.Partition, mark);
            }

            step = await FollowAsync(step, report.Partition, report.Decided + 1);
        }

        await CommitAsync(step);
        foreach (var waiting in reports)
        {
            waiting.Done = true;
        }
    }

    // What no report told of is found where the last segment ended.
    private async Task<NumberingStep> FollowAsync(NumberingStep step, int partition, long until)
    {
        while (step.NextOf(partition) < until)
        {
            var from = step.NextOf(partition);
            if (await _segments.FindAsync(partition, from) is { } segment && segment.FirstMessage == from && segment.LastMessage >= from)
            {
                step.Add(partition, SegmentMark.Of(segment));
            }
            else
            {
                // The store lost it. To wait for it would keep all that follows from readers.
                _lost.Add(partition, from, until);
                step.Skip(partition, until);
            }

            if (step.Entries.Count >= MostAtOnce)
            {
                await CommitAsync(step);
                step = new NumberingStep(Directory, _next, _time.GetUtcNow());
            }
        }

        return step;
    }

    private sealed class Waiting(DecidedReport report)
    {
        public DecidedReport Report => report;

        public bool Done { get; set; }
    }
}
