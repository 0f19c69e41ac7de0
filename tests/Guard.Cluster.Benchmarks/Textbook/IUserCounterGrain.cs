namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One user's counters, as a textbook has it: a grain for each user, a call for each click.</summary>
[Alias("benchmark.IUserCounterGrain")]
public interface IUserCounterGrain : IGrainWithIntegerKey
{
    /// <summary>Counts a click and reads the counters.</summary>
    [Alias("Count")]
    ValueTask<UserReading> CountAsync(ClickEvent click);
}
