namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One user agent's counter: a grain for each user agent, a call for each click.</summary>
[Alias("benchmark.IUserAgentCounterGrain")]
public interface IUserAgentCounterGrain : IGrainWithIntegerKey
{
    /// <summary>Counts a click and reads the decayed clicks with a half-life of 7 days.</summary>
    [Alias("Count")]
    ValueTask<double> CountAsync(long time);
}
