namespace Guard.Cluster.Benchmarks.Measuring;

/// <summary>The other side of <see cref="Child"/>.</summary>
internal static class ChildLoop
{
    /// <summary>Answers lines until there are no more.</summary>
    public static async Task RunAsync(Func<string[], Task<string>> answer)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await answer(line.Split(' ')));
        }
    }
}
