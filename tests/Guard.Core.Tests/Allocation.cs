namespace Guard.Core.Tests;

/// <summary>Measures what code allocates on its own thread.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>
    /// Gets the least bytes that one of a few runs allocated. A garbage collection that another test causes retires this
    /// thread's allocation buffer, whose rest then counts as allocated; the least of the runs is the code's own part.
    /// </summary>
    /// <param name="run">The code; it is told the attempt, from 0.</param>
    public static long Least(Action<int> run)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run(attempt);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
