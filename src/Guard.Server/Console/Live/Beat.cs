using System.Collections.Immutable;

namespace Guard.Server.Console.Live;

/// <summary>How often each topic changed so far. Immutable but for its end, which the next beat brings.</summary>
internal sealed class Beat(ImmutableArray<long> counts)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<long> Counts { get; } = counts;

    /// <summary>Gets what ends when something changed again.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();

    /// <summary>Gets the topics that changed since an earlier beat.</summary>
    public IEnumerable<Topic> Since(Beat earlier) =>
        Enum.GetValues<Topic>().Where(topic => Counts[(int)topic] != earlier.Counts[(int)topic]);
}
