using Microsoft.Extensions.Logging;

namespace Guard.Grains.Reading.Index;

/// <summary>The index behind a grain. It begins where the saved head stands, wherever it is activated.</summary>
[GrainType("guard.decision-index")]
internal sealed class DecisionIndexGrain(IndexStore store, Deciding.DecisionSegments segments, TimeProvider time, ILogger<DecisionIndex> logger)
    : Grain, IDecisionIndexGrain, IDisposable
{
    private static readonly TimeSpan s_greatestPatience = TimeSpan.FromSeconds(20);
    private readonly DecisionIndex _index = new(store, segments, time, logger);
    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => _index.OpenAsync(cancellationToken);

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
            DeactivateOnIdle();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<DirectoryChange> FollowAsync(long version, TimeSpan patience)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var timer = new CancellationTokenSource(patience < s_greatestPatience ? patience : s_greatestPatience, time);
        await using var ended = timer.Token.Register(end.Cancel);
        try
        {
            await _index.WaitAsync(version, end.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing newer came: that is the answer.
        }

        return _index.Since(version);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _index.Dispose();
    }
}
