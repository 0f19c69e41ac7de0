using Guard.Grains.Deciding;
using Guard.Grains.Reading.Chunks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Reading.Index;

/// <summary>The index behind a grain. It begins where the saved head stands, wherever it is activated.</summary>
[GrainType("guard.decision-index")]
internal sealed partial class DecisionIndexGrain : Grain, IDecisionIndexGrain, IDisposable
{
    private static readonly TimeSpan s_greatestPatience = TimeSpan.FromSeconds(20);
    private readonly DecisionSegments _segments;
    private readonly DecisionIndex _index;
    private readonly DecisionCompactor _compactor;
    private readonly KeptDecisionsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping;
    private IReadOnlyDictionary<int, long>? _looked;
    private Task _maintaining = Task.CompletedTask;

    public DecisionIndexGrain(
        IndexStore store, DecisionSegments segments, ChunkStore chunks, KeptSegments kept, LostSegments lost,
        IOptions<ClusterOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<DecisionIndexGrain> logger)
    {
        // An activation goes once nobody calls: those who wait for news must not hold up a silo that stops.
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
        (_segments, _options, _time, _logger) = (segments, options.Value.Decisions, time, logger);
        _index = new DecisionIndex(store, segments, lost, time);
        _compactor = new DecisionCompactor(_index, kept, segments, chunks, _options, time, lost);
    }

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _index.OpenAsync(cancellationToken);
        this.RegisterGrainTimer(
            static (self, _) => self.MaintainAsync(), this, new GrainTimerCreationOptions(_options.LookEvery, _options.LookEvery) { Interleave = true });
        LogStarted(_index.Directory.Last, _index.Directory.Version);
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _stopping.CancelAsync();

    /// <inheritdoc/>
    public async Task NumberAsync(DecidedReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            await _index.NumberAsync(report);
        }
        catch
        {
            await GiveUpAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<DirectoryChange> FollowAsync(long version, TimeSpan patience)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var timer = new CancellationTokenSource(patience < s_greatestPatience ? patience : s_greatestPatience, _time);
        await using var ended = timer.Token.Register(end.Cancel);
        try
        {
            await _index.WaitAsync(version, end.Token);
        }
        catch (OperationCanceledException exception) when (_stopping.IsCancellationRequested)
        {
            throw new InvalidOperationException("The decision index goes to another silo; try again.", exception);
        }
        catch (OperationCanceledException)
        {
            // Nothing newer came: that is the answer.
        }

        return _index.Since(version);
    }

    /// <inheritdoc/>
    public Task MaintainAsync() => _maintaining.IsCompleted ? _maintaining = LookAndCompactAsync() : _maintaining;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _index.Dispose();
    }

    private async Task LookAndCompactAsync()
    {
        try
        {
            await LookAsync();
            await _compactor.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The next activation goes on.
        }
        catch (IndexGivenUpException)
        {
            await GiveUpAsync();
        }
        catch (Exception exception)
        {
            LogUnmaintained(exception);
        }
    }

    private Task GiveUpAsync()
    {
        DeactivateOnIdle();
        return _stopping.CancelAsync();
    }

    // An owner that is lost may have been about to tell of its last segment.
    private async Task LookAsync()
    {
        var next = _index.Next;
        var looked = _looked ?? await ListAsync();
        foreach (var (partition, message) in looked)
        {
            if (next.GetValueOrDefault(partition) <= message && await _segments.FindAsync(partition, next.GetValueOrDefault(partition), _stopping.Token) is { } segment)
            {
                await _index.NumberAsync(new DecidedReport(partition, Math.Max(message, segment.LastMessage), -1, []));
            }
        }

        _looked = _index.Next;
    }

    private async Task<IReadOnlyDictionary<int, long>> ListAsync()
    {
        var newest = new Dictionary<int, long>(_index.Next);
        await foreach (var (partition, first) in _segments.ListAsync(_stopping.Token))
        {
            newest[partition] = Math.Max(first, newest.GetValueOrDefault(partition));
        }

        return newest;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The decision index begins after decision {Last}, at version {Version}.")]
    private partial void LogStarted(long last, long version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Compacting decisions failed and will be tried again.")]
    private partial void LogUnmaintained(Exception exception);
}
