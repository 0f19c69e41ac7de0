using System.Buffers;
using System.Diagnostics;
using Guard.Benchmarks.Load;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;

namespace Guard.Benchmarks.Redis;

/// <summary>Counts the same clicks with Guard's shards and in Redis, by turns in one run, and reports the ratio.</summary>
internal static class RedisComparison
{
    private const int BatchSize = 1_000;
    private const long Day = 86_400_000;
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the comparison.</summary>
    /// <param name="args"><c>--short</c>, <c>--users</c>, <c>--clicks</c> a round, <c>--rounds</c>.</param>
    public static async Task RunAsync(ReadOnlyMemory<string> args)
    {
        var arguments = new LoadArguments(args);
        var users = arguments.Number("--users", 100_000, 5_000);
        var clicks = arguments.Number("--clicks", 400_000, 20_000);
        var rounds = arguments.Number("--rounds", 5, 2);
        arguments.RefuseRest();
        var load = new ClickLoad(users, s_start, 1_000, run: 1);
        var intake = new EventIntake(new IntakeOptions(), new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes])), new Refusal());
        using var redis = RedisProcess.Start();
        using var remote = new RedisCounters(await redis.ConnectAsync());
        (string Name, LocalCounters Counters)[] local = [("Guard, 1 thread", Counters(1)), ("Guard, 2 threads", Counters(2))];
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var processor = TimeSpan.Zero;
        for (var round = 0; round <= rounds; round++)
        {
            var batches = Decode(load, intake, clicks);
            foreach (var (name, counters) in local)
            {
                await MeasureAsync(name, () => CountAsync(counters, batches));
            }

            var before = redis.ProcessorTime;
            await MeasureAsync("Redis", () => CountAsync(remote, batches, check: round == 0));
            processor += round == 0 ? TimeSpan.Zero : redis.ProcessorTime - before;

            async Task MeasureAsync(string name, Func<Task> count)
            {
                var began = Stopwatch.GetTimestamp();
                await count();
                var elapsed = Stopwatch.GetElapsedTime(began);

                // The first round fills the state and warms up.
                if (round > 0)
                {
                    times.TryAdd(name, []);
                    times[name].Add(elapsed.TotalNanoseconds / clicks);
                }
            }
        }

        var ours = Median(times["Guard, 1 thread"]);
        Console.WriteLine($"{clicks:N0} clicks a round by {users:N0} users, batches of {BatchSize}, median of {rounds} rounds after one that fills; Redis gets {remote.CommandsAClick} commands a click in one pipeline a batch");
        Console.WriteLine("way                    clicks/s     ns/click   times Guard's on 1 thread");
        foreach (var (name, rows) in times)
        {
            var median = Median(rows);
            Console.WriteLine($"{name,-18}{1e9 / median,14:N0} {median,12:N0} {median / ours,12:N1}");
        }

        Console.WriteLine($"Redis spent {processor.TotalNanoseconds / ((double)clicks * rounds):N0} ns a click on its processor, and holds {redis.ResidentBytes >> 20} MB.");
    }

    private static LocalCounters Counters(int workers) => new(new ShardOptions { Workers = workers });

    private static List<EventBatch> Decode(ClickLoad load, EventIntake intake, int clicks)
    {
        var (batches, body) = (new List<EventBatch>(), new ArrayBufferWriter<byte>());
        for (var taken = 0; taken < clicks; taken += BatchSize)
        {
            load.Fill(body, BatchSize);
            var batch = new EventBatch();
            foreach (var line in body.WrittenSpan.Split((byte)'\n'))
            {
                if (!body.WrittenSpan[line].IsEmpty)
                {
                    intake.Take(body.WrittenSpan[line], new EventPosition("memory", 1, 0), EventDecoder.NoClock, batch);
                }
            }

            batches.Add(batch);
        }

        return batches;
    }

    private static async Task CountAsync(LocalCounters counters, List<EventBatch> batches)
    {
        var readings = new CounterReadings();
        foreach (var batch in batches)
        {
            readings.Resize(batch.Clicks.Length);
            await counters.CountAsync(batch, readings);
        }
    }

    private static async Task CountAsync(RedisCounters counters, List<EventBatch> batches, bool check)
    {
        var (readings, seen, clicks) = (check ? new List<long>() : null, new Dictionary<(ulong, long), long>(), Array.Empty<Click>());
        foreach (var batch in batches)
        {
            readings?.Clear();
            clicks = clicks.Length == batch.Clicks.Length ? clicks : new Click[batch.Clicks.Length];
            batch.Clicks.CopyTo(clicks);
            await counters.CountAsync(clicks, readings);
            for (var row = 0; check && row < clicks.Length; row++)
            {
                var key = (clicks[row].User, clicks[row].Time / Day);
                seen[key] = seen.GetValueOrDefault(key) + 1;
                var told = readings![(row * counters.CommandsAClick) + RedisCounters.DayOfUser];
                if (told != seen[key])
                {
                    throw new InvalidOperationException($"Redis counts {told} clicks of a user in a day that had {seen[key]}: the comparison is wrong.");
                }
            }
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed class Refusal : IQuarantine
    {
        public void Add(in RejectedEvent rejected) => throw new InvalidOperationException(rejected.Rejection.Detail);
    }
}
