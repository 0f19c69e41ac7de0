using System.Diagnostics;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Training;
using Guard.Engine.Shards;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Benchmarks.Pipeline;

/// <summary>
/// Measures the whole way of a click on the clicks of the simulator's demo stream: from JSON bytes to decisions on one thread, and from
/// decoded clicks on one and two. A load and not a micro-benchmark: every round fills fresh shards with the first half of
/// four weeks, and measures the second half, when the state is that of a running service.
/// </summary>
public static class DecisionLoad
{
    private const int BatchSize = 2048;

    /// <summary>Runs all measurements.</summary>
    /// <param name="rounds">How often each is repeated; the first round warms up and does not count.</param>
    public static async Task RunAsync(int rounds = 7)
    {
        var events = Simulate();
        var hash = new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes]));
        var policy = await LearnAsync(Decode(events, hash));

        // The figures are of clicks, so purchases and telemetry are learned from and left out of what is measured.
        var type = System.Text.Encoding.UTF8.GetBytes(EventTypes.Click);
        byte[][] lines = [.. events.Where(line => line.AsSpan().IndexOf(type) >= 0)];
        var batches = Decode(lines, hash);
        var clicks = batches.Sum(batch => batch.Clicks.Length);
        Console.WriteLine($"{clicks:N0} clicks of {lines.Sum(line => (long)line.Length) / lines.Length} bytes; the second half, median of {rounds - 1} rounds after a warm-up");
        Console.WriteLine("way                                        clicks/s     ns/click   bytes allocated/click");
        var jsonHalf = Array.FindIndex(lines, line => line.AsSpan().IndexOf("\"time\":\"2026-03-16"u8) >= 0);
        var clickHalf = batches.Count / 2;
        var clicksAfter = batches.Skip(clickHalf).Sum(batch => batch.Clicks.Length);
        await MeasureAsync("JSON bytes to decisions, 1 thread", rounds, () => FromJson(lines, jsonHalf, hash, policy));
        await MeasureAsync("JSON bytes to clicks, 1 thread", rounds, () => FromJson(lines, jsonHalf, hash, policy: null));
        foreach (var workers in new[] { 1, 2 })
        {
            await MeasureAsync($"decoded clicks to decisions, {workers} thread{(workers > 1 ? "s" : "")}", rounds, () => FromClicks(batches, clickHalf, clicksAfter, policy, workers));
        }

        await MeasureAsync("decoded clicks to counters, 1 thread", rounds, () => ToCounters(batches, clickHalf, clicksAfter));
    }

    private static byte[][] Simulate() => [.. new Simulator(Scenario.Load("demo"), new SimulatorOptions(Days: 28)).Lines().Select(line => line.ToArray())];

    private static List<EventBatch> Decode(byte[][] lines, KeyedHash hash)
    {
        var intake = new EventIntake(new IntakeOptions(), hash, new Discard());
        var (batches, batch) = (new List<EventBatch>(), new EventBatch());
        for (var index = 0; index < lines.Length; index++)
        {
            intake.Take(lines[index], new EventPosition("memory", index + 1, 0), EventDecoder.NoClock, batch);
            if (batch.Clicks.Length == BatchSize || index == lines.Length - 1)
            {
                batches.Add(batch);
                batch = new EventBatch();
            }
        }

        return batches;
    }

    private static async Task<DecisionPolicy> LearnAsync(List<EventBatch> batches)
    {
        var recorder = new FeatureRecorder(new LocalCounters(new ShardOptions { Workers = 1 }));
        foreach (var batch in batches)
        {
            await recorder.RecordAsync(batch);
        }

        var options = new TrainingRunOptions { VelocityFeatures = ["user.rate.10m"], Network = new NetworkTrainerOptions { MaxEpochs = 2 } };
        var model = TrainingRun.Run(recorder.Table, [.. recorder.Purchases], recorder.Table.Facts[^1].Time, options).Network;
        var scores = new float[recorder.Table.Count];
        model.Scorer.Score(recorder.Table.Values, scores);
        var bought = recorder.Purchases.Select(purchase => purchase.Click).ToHashSet();
        bool[] purchasing = [.. Enumerable.Range(0, recorder.Table.Count).Select(row => bought.Contains(recorder.Table.Facts[row].Click))];
        var thresholds = ThresholdCalibrator.Calibrate(new CalibrationSample(scores, purchasing, recorder.Table.Facts), new CalibrationOptions(), model.Version);
        return new DecisionPolicy(model.Scorer, thresholds, AccessList.Empty, CrawlerList.BuiltIn);
    }

    private static Round FromJson(byte[][] lines, int half, KeyedHash hash, DecisionPolicy? policy)
    {
        var intake = new EventIntake(new IntakeOptions(), hash, new Discard());
        var pipeline = policy is null ? null : Pipeline(policy, workers: 1);
        var batch = new EventBatch();
        var before = 0L;
        return new Round(() => Run(0, half), () => Run(half, lines.Length), () => (int)(intake.Counts.Clicks - before));

        async Task Run(int start, int end)
        {
            before = intake.Counts.Clicks;
            for (var index = start; index < end; index++)
            {
                intake.Take(lines[index], new EventPosition("memory", index + 1, 0), EventDecoder.NoClock, batch);
                if (batch.Clicks.Length == BatchSize || index == end - 1)
                {
                    await (pipeline?.ProcessAsync(batch) ?? ValueTask.CompletedTask);
                    batch.Clear();
                }
            }
        }
    }

    private static Round FromClicks(List<EventBatch> batches, int half, int clicks, DecisionPolicy policy, int workers)
    {
        var pipeline = Pipeline(policy, workers);
        return new Round(() => Run(0, half), () => Run(half, batches.Count), () => clicks);

        async Task Run(int start, int end)
        {
            for (var index = start; index < end; index++)
            {
                await pipeline.ProcessAsync(batches[index]);
            }
        }
    }

    private static Round ToCounters(List<EventBatch> batches, int half, int clicks)
    {
        var (counters, readings) = (new LocalCounters(new ShardOptions { Workers = 1 }), new CounterReadings());
        return new Round(() => Run(0, half), () => Run(half, batches.Count), () => clicks);

        async Task Run(int start, int end)
        {
            for (var index = start; index < end; index++)
            {
                readings.Resize(batches[index].Clicks.Length);
                await counters.CountAsync(batches[index], readings);
            }
        }
    }

    private static ClickPipeline Pipeline(DecisionPolicy policy, int workers) =>
        new(new LocalCounters(new ShardOptions { Workers = workers }), new Nowhere(), () => policy, workers);

    private static async Task MeasureAsync(string name, int rounds, Func<Round> prepare)
    {
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var index = 0; index < rounds; index++)
        {
            var round = prepare();
            await round.Fill();
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            await round.Measure();
            var elapsed = Stopwatch.GetElapsedTime(start);
            times.Add(elapsed.TotalNanoseconds / round.Clicks());
            bytes.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - before) / round.Clicks());
        }

        var median = Median(times.Skip(1));
        Console.WriteLine($"{name,-40}{1e9 / median,12:N0} {median,12:N0} {Median(bytes.Skip(1)),12:N1}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>One round: fill the state, then the part that is measured.</summary>
    private sealed record Round(Func<Task> Fill, Func<Task> Measure, Func<int> Clicks);

    private sealed class Discard : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }

    private sealed class Nowhere : IDecisionSink
    {
        public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
