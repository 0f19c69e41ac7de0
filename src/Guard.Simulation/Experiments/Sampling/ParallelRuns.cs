namespace Guard.Simulation.Experiments;

/// <summary>Runs of an experiment side by side, with results in the order of the runs, whatever the number of threads.</summary>
internal static class ParallelRuns
{
    public static T[] Do<T>(int count, int threads, Func<int, T> run)
    {
        var results = new T[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, index => results[index] = run(index));
        return results;
    }
}
