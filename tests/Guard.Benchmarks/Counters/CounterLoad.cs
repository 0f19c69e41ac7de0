using System.Diagnostics;
using Guard.Core.Counters;
using Guard.Core.Features;

namespace Guard.Benchmarks.Counters;

/// <summary>
/// Measures shards under load: time per click against the number of keys, bytes per key, and the memory of a million users
/// with 200,000 addresses. A load and not a micro-benchmark, because what counts is the cache misses of a large state.
/// </summary>
public static class CounterLoad
{
    private const int Batch = ClickFeed.Batch;

    /// <summary>Runs all measurements, up to a number of users.</summary>
    /// <returns>The number of users, and the least and median nanoseconds a click, of each measurement of users.</returns>
    public static IReadOnlyList<(int Users, double Least, double Median)> Run(int mostUsers = 10_000_000)
    {
        var points = new List<(int, double, double)>();
        Console.WriteLine("Users: uniformly random, so each click misses the cache; batches of 4,096; least, median and p99 of 600 batches, in ns a click");
        Console.WriteLine("      users     least    median       p99  bytes/user (key not counted)");
        foreach (var users in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
        {
            if (users <= mostUsers)
            {
                var (least, median) = MeasureUsers(users);
                points.Add((users, least, median));
            }
        }

        Console.WriteLine("Addresses: 70 % one user, 15 % two, 8 % 3-4, 5 % 5-16, 1.9 % 17-64, 0.1 % 65-2,000 (a quarter of the clicks); 1.3 sessions a user, one user agent for 1.5 users");
        Console.WriteLine("  addresses     least    median       p99  bytes/address (key not counted)");
        MeasureEntities(200_000);
        MeasureEntities(1_000_000);
        Console.WriteLine("User agents: drawn by Zipf's law with exponent 1, as a few make most clicks");
        Console.WriteLine("user agents     least    median       p99  bytes/user agent (key not counted)");
        MeasureUserAgents(10_000);
        MeasureUserAgents(1_000_000);
        MeasureTogether();
        MeasureFeatures();
        return points;
    }

    private static (double Least, double Median) MeasureUsers(int count)
    {
        var shard = new UserShard(count);
        var feed = new ClickFeed(4 * count);
        var keys = new ulong[Batch];
        for (var done = 0; done < count; done += Batch)
        {
            var length = Math.Min(Batch, count - done);
            for (var i = 0; i < length; i++)
            {
                keys[i] = ClickFeed.User(done + i);
            }

            feed.Fill(keys.AsSpan(0, length), keys);
            shard.Apply(0, feed.Clicks, feed.Rows, feed.Users);
        }

        var times = feed.Time(() => feed.Pick(i => ClickFeed.User(i % count)), () => shard.Apply(0, feed.Clicks, feed.Rows, feed.Users));
        Print(shard.Count, times, (double)shard.MemoryBytes / shard.Count - sizeof(ulong));
        return (times.Least, times.Median);
    }

    private static void MeasureEntities(int count)
    {
        var shard = new EntityShard(count);
        var pairs = FillEntities(shard, count);
        var feed = new ClickFeed(pairs.Length) { Sequence = pairs.Length + 1 };
        var times = feed.Time(() => feed.PickPairs(pairs), () => shard.Apply(0, feed.Clicks, feed.Rows, feed.Entities));
        Print(shard.Count, times, (double)shard.MemoryBytes / shard.Count - sizeof(ulong));
    }

    private static void MeasureUserAgents(int count)
    {
        var shard = new UserAgentShard(count);
        var feed = new ClickFeed(4 * count);

        // The number of rank r is e^u − 1 for a uniform u: the continuous counterpart of Zipf's law.
        var times = feed.Time(
            () => feed.PickUserAgents(draw => ClickFeed.User((long)Math.Exp(draw * Math.Log(count)))),
            () => shard.Apply(0, feed.Clicks, feed.Rows, feed.UserAgents));
        Print(shard.Count, times, (double)shard.MemoryBytes / shard.Count - sizeof(ulong));
    }

    private static void MeasureTogether()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var users = new UserShard(1_000_000);
        var feed = new ClickFeed(1_000_000);
        for (var done = 0; done < 1_000_000; done += Batch)
        {
            var keys = new ulong[Math.Min(Batch, 1_000_000 - done)];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = ClickFeed.User(done + i);
            }

            feed.Fill(keys, keys);
            users.Apply(0, feed.Clicks, feed.Rows, feed.Users);
        }

        var entities = new EntityShard(200_000);
        FillEntities(entities, 200_000);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{users.Count:N0} users and {entities.Count:N0} addresses: {(after - before) / 1e6:F1} MB on the managed heap; the process holds {process.WorkingSet64 / 1e6:F0} MB");
        var output = new System.Buffers.ArrayBufferWriter<byte>(256 << 20);
        var clock = Stopwatch.GetTimestamp();
        users.Save(output);
        var saved = Stopwatch.GetElapsedTime(clock);
        clock = Stopwatch.GetTimestamp();
        _ = UserShard.Load(output.WrittenSpan);
        Console.WriteLine($"A million users saved in {saved.TotalMilliseconds:F0} ms ({output.WrittenCount / 1e6:F0} MB), loaded in {Stopwatch.GetElapsedTime(clock).TotalMilliseconds:F0} ms");
    }

    private static void MeasureFeatures()
    {
        var users = new UserShard(10_000);
        var entities = new EntityShard(10_000);
        var feed = new ClickFeed(40_000);
        var row = new float[ClickFeatures.Schema.Width];
        var times = feed.Time(
            () =>
            {
                feed.Pick(i => ClickFeed.User(i % 10_000));
                users.Apply(0, feed.Clicks, feed.Rows, feed.Users);
                entities.Apply(0, feed.Clicks, feed.Rows, feed.Entities);
            },
            () =>
            {
                for (var i = 0; i < Batch; i++)
                {
                    ClickFeatures.Write(feed.Clicks[i], feed.Users[i], feed.Entities[i], feed.UserAgents[i], row);
                }
            });
        Console.WriteLine($"Features: {times.Least:F0} ns/click least, {times.Median:F0} median");
    }

    private static (ulong Entity, ulong User)[] FillEntities(EntityShard shard, int count)
    {
        var random = new Random(5);
        var pairs = new List<(ulong Entity, ulong User)>(count * 4);
        for (var entity = 0; entity < count; entity++)
        {
            var users = random.NextDouble() switch
            {
                < 0.70 => 1,
                < 0.85 => 2,
                < 0.93 => random.Next(3, 5),
                < 0.98 => random.Next(5, 17),
                < 0.999 => random.Next(17, 65),
                _ => random.Next(65, 2001),
            };
            for (var user = 0; user < users; user++)
            {
                pairs.Add((ClickFeed.User(entity), ClickFeed.User(entity) + (ulong)user));
            }
        }

        var all = pairs.ToArray();
        random.Shuffle(all);
        var feed = new ClickFeed(all.Length);
        for (var done = 0; done < all.Length; done += Batch)
        {
            feed.Fill(all.AsSpan(done, Math.Min(Batch, all.Length - done)));
            shard.Apply(0, feed.Clicks, feed.Rows, feed.Entities);
        }

        return all;
    }

    private static void Print(int count, (double Least, double Median, double Tail) times, double bytes) =>
        Console.WriteLine($"{count,11:N0}  {times.Least,8:F0}  {times.Median,8:F0}  {times.Tail,8:F0}  {bytes,10:F1}");
}
