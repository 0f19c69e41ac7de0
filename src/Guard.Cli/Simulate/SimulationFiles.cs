using Guard.Simulation;

namespace Guard.Cli.Simulate;

/// <summary>The files of a simulated stream. All of them get their names together, once they are whole.</summary>
internal sealed class SimulationFiles(string folder)
{
    private const string TemporarySuffix = ".partial";

    public string Events { get; } = Path.Combine(folder, "events.ndjson");

    public string Truth { get; } = Path.Combine(folder, "truth.csv");

    public string TelemetryTruth { get; } = Path.Combine(folder, "telemetry-truth.csv");

    private string[] All => [Events, Truth, TelemetryTruth];

    /// <summary>Runs a simulation into the files.</summary>
    public SimulationSummary Write(Simulator simulator, IProgress<double> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        try
        {
            SimulationSummary summary;
            using (var events = File.Create(Events + TemporarySuffix))
            using (var truth = File.Create(Truth + TemporarySuffix))
            using (var telemetry = File.Create(TelemetryTruth + TemporarySuffix))
            {
                summary = simulator.Run(events, truth, telemetry, new Fraction(progress), cancellation);
            }

            foreach (var file in All)
            {
                File.Move(file + TemporarySuffix, file, overwrite: true);
            }

            return summary;
        }
        finally
        {
            foreach (var file in All)
            {
                File.Delete(file + TemporarySuffix);
            }
        }
    }

    private sealed class Fraction(IProgress<double> progress) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => progress.Report(value.Fraction);
    }
}
