using Guard.Core.Hosting;
using Guard.Engine.Intake;
using Guard.Engine.State;

namespace Guard.Engine.Hosting;

/// <summary>Reads the state at rest, between two batches. What is asked should take well under a millisecond: batches wait for it.</summary>
internal sealed class StateAccess(EngineState state, IntakeQueue queue, Task ended)
{
    /// <summary>Reads something of the state.</summary>
    /// <exception cref="BusyException">The host is stopping.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<EngineState, T> read, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = queue.TryPost(() =>
        {
            try
            {
                answer.TrySetResult(read(state));
            }
#pragma warning disable CA1031 // It belongs to who asked, not to the loop.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                answer.TrySetException(exception);
            }
        });
        if (!posted)
        {
            // Nobody changes the state any more once the loop has ended.
            await ended.WaitAsync(cancellationToken);
            return read(state);
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }
}
