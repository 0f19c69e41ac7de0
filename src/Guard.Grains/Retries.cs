using Guard.Core.Lifecycle;

namespace Guard.Grains;

/// <summary>Tries a call again while a silo is lost and its grains move to another: every call of Guard's may be repeated.</summary>
/// <param name="time">Measures and paces.</param>
/// <param name="limit">How long a call is tried at most.</param>
internal sealed class Retries(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> call, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    /// <remarks>A silo that stops cancels what its grains do, and whoever called them there is told so: that is a move like any other.</remarks>
    /// <exception cref="InvalidDataException">Silos of builds that do not understand each other: to try again is no use.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var pause = s_first; ; pause = pause < s_longest ? pause * 2 : s_longest)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is not (InvalidDataException or ArtifactConflictException)
                && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested) && time.GetElapsedTime(start) < limit)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }
}
