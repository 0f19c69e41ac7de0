using Guard.Benchmarks.Load;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>
/// Counts the same clicks through shard grains and through a grain for each user, each in a silo of its own process, by turns
/// in one run: rates, processor time, allocation and memory.
/// </summary>
internal static class CounterComparison
{
    private const int CheckedUsers = 50;
    private const int CheckedClicks = 5_000;
    private static readonly string[] s_ways = [WayHost.Shards, WayHost.Textbook];

    /// <summary>Runs the comparison.</summary>
    /// <param name="args"><c>--short</c>, <c>--users</c> the most, <c>--kinds</c> users or all, <c>--shards</c>, <c>--rounds</c>, <c>--seconds</c> a round, <c>--tuning</c> seconds for each number of lanes tried.</param>
    public static async Task RunAsync(ReadOnlyMemory<string> args)
    {
        var arguments = new LoadArguments(args);
        var most = arguments.Number("--users", 1_000_000, 10_000);
        var rounds = arguments.Number("--rounds", 3, 1);
        var seconds = arguments.Real("--seconds", 4, 1);
        var tuning = arguments.Real("--tuning", 1, .5);
        var shards = arguments.Number("--shards", 64, 64);
        var all = (arguments.Text("--kinds") ?? "users") switch
        {
            "users" => false,
            "all" => true,
            var other => throw new LoadException($"--kinds wants users or all, not '{other}'."),
        };
        arguments.RefuseRest();

        await CheckAsync(all, shards);
        Console.WriteLine(all
            ? "A click counts for its user, its address (five users share one) and its user agent: a call to each of three grains, or batches of 2,048 to the shards of the three kinds."
            : "A click counts for its user: a call to the user's grain, or batches of 2,048 to the shards of users.");
        Console.WriteLine($"One silo a process; median of {rounds} rounds of {seconds} s by turns, with the number of calls, or of partitions, in flight that was best in {tuning} s each.");
        Console.WriteLine("     users  way        in flight     clicks/s   CPU ns/click   bytes/click   heap bytes/user   resident MB");
        foreach (var users in (int[])[10_000, 100_000, 1_000_000])
        {
            if (users <= most)
            {
                await CompareAsync(users, all, shards, rounds, seconds, tuning);
            }
        }
    }

    /// <summary>Sees that both ways read the same of the same clicks, to the last digit.</summary>
    private static async Task CheckAsync(bool all, int shards)
    {
        var read = new List<string>();
        foreach (var name in s_ways)
        {
            using var way = new WayProcess(name, CheckedUsers, all, shards);
            read.Add(await way.ReadAsync(CheckedClicks));
        }

        if (read[0] != read[1])
        {
            throw new LoadException("The two ways do not read the same counters of the same clicks: the comparison is wrong.");
        }
    }

    private static async Task CompareAsync(int users, bool all, int shards, int rounds, double seconds, double tuning)
    {
        var ways = s_ways.Select(name => new CountedWay(new WayProcess(name, users, all, shards))).ToArray();
        try
        {
            foreach (var way in ways)
            {
                await way.PrepareAsync(tuning);
            }

            for (var round = 0; round < rounds; round++)
            {
                foreach (var way in ways)
                {
                    await way.RunAsync(seconds);
                }
            }

            foreach (var way in ways)
            {
                await way.WeighAsync();
                Console.WriteLine(way.Line(users));
            }

            var (ours, textbook) = (ways[0], ways[1]);
            Console.WriteLine($"{users,10:N0}  shards over textbook: {ours.Rate / textbook.Rate:N1} times the clicks a second, {textbook.ProcessorNanoseconds / ours.ProcessorNanoseconds:N1} times fewer CPU seconds a click, 1/{(double)textbook.Heap / ours.Heap:N1} of the heap");
        }
        finally
        {
            Array.ForEach(ways, static way => way.Process.Dispose());
        }
    }
}
