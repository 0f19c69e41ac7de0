using Guard.Cluster.Benchmarks.Hosting;
using Guard.Core.Clicks;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>The clicks of the simulator's demo stream, as JSON and decoded. What it makes to be rejected or dropped is left out, so that a line is a click.</summary>
internal sealed class ClickLines
{
    public const int BatchSize = 2048;

    private ClickLines(byte[][] json, IReadOnlyList<EventBatch> batches) => (Json, Batches) = (json, batches);

    public byte[][] Json { get; }

    /// <summary>Gets the same clicks in batches of <see cref="BatchSize"/>.</summary>
    public IReadOnlyList<EventBatch> Batches { get; }

    public static ClickLines Simulate(int days)
    {
        var intake = new EventIntake(new IntakeOptions(), BenchmarkPolicy.Hash, new Discard());
        var (json, batches, batch) = (new List<byte[]>(), new List<EventBatch>(), new EventBatch());
        foreach (var line in new Simulator(Scenario.Load("demo"), new SimulatorOptions(Days: days)).Lines())
        {
            var before = batch.Clicks.Length;
            intake.Take(line.Span, new EventPosition("memory", json.Count + 1, 0), EventDecoder.NoClock, batch);
            if (batch.Clicks.Length > before)
            {
                json.Add(line.ToArray());
            }

            if (batch.Clicks.Length == BatchSize)
            {
                batches.Add(batch);
                batch = new EventBatch();
            }
        }

        batches.Add(batch);
        return new ClickLines([.. json], batches);
    }

    private sealed class Discard : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
