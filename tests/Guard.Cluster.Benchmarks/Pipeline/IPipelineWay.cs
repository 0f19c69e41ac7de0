namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>A way from clicks to decisions, fresh for each round.</summary>
internal interface IPipelineWay : IAsyncDisposable
{
    /// <summary>Decides a range of the clicks, and ends when the way says that they are decided.</summary>
    Task DecideAsync(int from, int to);
}
