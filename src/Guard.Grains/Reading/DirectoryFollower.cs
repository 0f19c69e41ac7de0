using Guard.Core.Hosting;
using Guard.Grains.Reading.Index;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Grains.Reading;

/// <summary>A silo's copy of the directory. One call to the index waits for what is new, however many readers the silo has. Safe for concurrent use.</summary>
/// <param name="grains">Finds the index.</param>
/// <param name="store">Where the index is saved.</param>
/// <param name="time">Paces what failed.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class DirectoryFollower(IGrainFactory grains, IndexStore store, TimeProvider time, ILogger<DirectoryFollower> logger) : IHostedLifecycleService, IDisposable
{
    // Less than the time after which a silo takes a call for lost.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly Milestone _last = new();
    private readonly CancellationTokenSource _stopping = new();
    private DecisionDirectory _directory = DecisionDirectory.Empty;
    private Task _following = Task.CompletedTask;

    /// <summary>Gets where the decisions stand, as far as this silo knows.</summary>
    public DecisionDirectory Directory => Volatile.Read(ref _directory);

    /// <summary>Waits until this silo knows of a decision after a number.</summary>
    public ValueTask WaitAsync(long after, CancellationToken cancellationToken) => _last.WaitAsync(after, cancellationToken);

    /// <summary>Reads where the decisions stand from the store, which is what holds, also where the index is lost and another one begins.</summary>
    public async Task<DecisionDirectory> RefreshAsync(CancellationToken cancellationToken)
    {
        var newest = await store.ReadAsync(Directory, cancellationToken);
        lock (_lock)
        {
            _directory = newest.Version > _directory.Version ? newest : _directory;
        }

        _last.Advance(Directory.Last);
        return Directory;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _following = Task.Run(FollowAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _following;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await AskAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                // The index moves to another silo, or has not started yet.
                LogUnanswered(exception);
                await Task.Delay(s_pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task AskAsync()
    {
        var known = Directory.Version;
        var change = await grains.GetGrain<IDecisionIndexGrain>(0).FollowAsync(known, s_patience).WaitAsync(_stopping.Token);
        lock (_lock)
        {
            _directory = _directory.Apply(change);
        }

        _last.Advance(Directory.Last);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The decision index does not answer; trying again.")]
    private partial void LogUnanswered(Exception exception);
}
