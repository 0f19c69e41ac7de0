using System.Text.Json;
using Guard.Core.Lifecycle;

namespace Guard.Server.Alerts;

/// <summary>
/// The number in an artifact that several processes share, one of which delivers at a time. The one whose turn it is beats; where the others
/// saw no beat for a while, by their own clocks, one of them takes the turn over.
/// </summary>
/// <remarks>Number and turn are one artifact that moves by compare-and-swap: who lost the turn cannot move the number any more.</remarks>
/// <param name="store">The store.</param>
/// <param name="clock">Paces and measures.</param>
/// <param name="expiry">How long a turn lasts without a beat; it beats three times as often.</param>
internal sealed class SharedCursor(IArtifactStore store, TimeProvider clock, TimeSpan expiry) : IWebhookCursor, IDisposable
{
    /// <summary>Where the artifact stands.</summary>
    public const string Path = "webhook/cursor.json";

    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _one = new(1);
    private CancellationTokenSource _turn = new();
    private Task _beating = Task.CompletedTask;
    private CursorTurn _state = new(null, null, 0);
    private string? _tag;

    private TimeSpan Pause => expiry / 3;

    /// <inheritdoc/>
    public CancellationToken Turn => _turn.Token;

    /// <inheritdoc/>
    public async ValueTask<long?> BeginAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        var (seen, since) = ("", clock.GetTimestamp());
        while (true)
        {
            var artifact = await ReadAsync(cancellationToken);
            var found = CursorTurn.Read(artifact);
            if (artifact is null || artifact.ETag != seen)
            {
                (seen, since) = (artifact?.ETag ?? "", clock.GetTimestamp());
            }

            if ((found.Holder is null || found.Holder == _me || clock.GetElapsedTime(since) >= expiry) && await TryTakeAsync(found, artifact?.ETag, cancellationToken))
            {
                return found.Delivered;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(long number, CancellationToken cancellationToken) => await MoveAsync(state => state with { Delivered = number }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EndAsync()
    {
        var held = !_turn.IsCancellationRequested && _state.Holder == _me;
        await _turn.CancelAsync();
        await _beating;
        if (held)
        {
            try
            {
                await store.ReplaceAsync(Path, Bytes(_state with { Holder = null }), _tag);
            }
            catch (Exception)
            {
                // The turn expires by itself.
            }
        }

        _state = _state with { Holder = null };
    }

    public void Dispose()
    {
        _turn.Dispose();
        _one.Dispose();
    }

    private static byte[] Bytes(CursorTurn state) => JsonSerializer.SerializeToUtf8Bytes(state);

    private async Task<Artifact?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.ReadAsync(Path, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A store that does not answer now may answer later.
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task<bool> TryTakeAsync(CursorTurn found, string? tag, CancellationToken cancellationToken)
    {
        var mine = found with { Holder = _me, Beat = found.Beat + 1 };
        if (await store.ReplaceAsync(Path, Bytes(mine), tag, cancellationToken) is not { } taken)
        {
            return false;
        }

        (_state, _tag) = (mine, taken);
        _turn.Dispose();
        _turn = new CancellationTokenSource();
        _beating = BeatAsync(_turn.Token);
        return true;
    }

    private async Task BeatAsync(CancellationToken turn)
    {
        var last = clock.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(Pause, clock, turn);
                try
                {
                    await MoveAsync(static state => state, turn);
                    last = clock.GetTimestamp();
                }
                catch (Exception exception) when (exception is not OperationCanceledException && clock.GetElapsedTime(last) < expiry - Pause)
                {
                    // The store may answer again before the turn expires.
                }
            }
        }
        catch (Exception)
        {
            // The turn is lost or given up.
            await _turn.CancelAsync();
        }
    }

    private async Task MoveAsync(Func<CursorTurn, CursorTurn> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _turn.Token.ThrowIfCancellationRequested();
            _state = change(_state) with { Beat = _state.Beat + 1 };
            if (await store.ReplaceAsync(Path, Bytes(_state), _tag, CancellationToken.None) is { } tag)
            {
                _tag = tag;
                return;
            }

            await _turn.CancelAsync();
            throw new OperationCanceledException("The turn to deliver alerts is another process's.");
        }
        finally
        {
            _one.Release();
        }
    }
}
