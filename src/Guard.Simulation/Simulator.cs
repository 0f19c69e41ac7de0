using System.Text;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Telemetry;
using Guard.Simulation.Truth;

namespace Guard.Simulation;

/// <summary>
/// Writes the stream of a scenario: CloudEvents, one per line, in the order in which a partition would receive them. The
/// same scenario and seed give the same bytes. Memory grows with the people, their past purchases and what is under way
/// (late events, purchases to come), not with the length of the stream.
/// </summary>
/// <remarks>
/// Every person, robot agent and telemetry stream draws from a random stream of its own, so changing one robot changes no
/// human's click. The bytes rest on the platform's <c>Math.Log</c>, <c>Exp</c>, <c>Pow</c> and <c>Cos</c>, which may
/// differ in the last bit between operating systems.
/// </remarks>
public sealed class Simulator
{
    private const int ProgressEvery = 1 << 15;
    private const int BufferSize = 1 << 18;
    private readonly long _maxClicks;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="options">What the run changes of it.</param>
    /// <exception cref="ScenarioException">A value is out of its range.</exception>
    public Simulator(Scenario scenario, SimulatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario = scenario with { Seed = options?.Seed ?? scenario.Seed, Days = options?.Days ?? scenario.Days };
        Scenario.Check(scenario.Name);
        _maxClicks = options?.MaxClicks ?? long.MaxValue;
        if (_maxClicks < 1)
        {
            throw new ScenarioException($"{scenario.Name}: the limit of clicks is {_maxClicks}: write at least 1.");
        }
    }

    /// <summary>Gets the scenario as it is run, with the options' changes.</summary>
    public Scenario Scenario { get; }

    /// <summary>Gets the truth about the telemetry streams, known before the run.</summary>
    public IReadOnlyList<TelemetryTruthRow> TelemetryTruth =>
        [.. (Scenario.Telemetry ?? []).SelectMany(spec => new TelemetryStream(spec, Scenario).Truth())];

    /// <summary>Writes the stream and its truth.</summary>
    /// <param name="events">Takes the events as NDJSON.</param>
    /// <param name="truth">Takes the truth about the clicks (<see cref="TruthFile"/>); null leaves it out.</param>
    /// <param name="telemetryTruth">Takes the truth about telemetry (<see cref="TelemetryTruthFile"/>); null leaves it out.</param>
    /// <param name="progress">Is told now and then how far the run has come.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public SimulationSummary Run(
        Stream events,
        Stream? truth = null,
        Stream? telemetryTruth = null,
        IProgress<SimulationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (telemetryTruth is not null)
        {
            using var writer = new StreamWriter(telemetryTruth, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            TelemetryTruthFile.Write(writer, TelemetryTruth);
        }

        using var traffic = new Traffic(Scenario, _maxClicks);
        var labels = new TruthLabels(Scenario);

        // Flushed below, never disposed: the streams are the caller's.
        var lines = new BufferedStream(events, BufferSize);
        var rows = truth is null ? null : new BufferedStream(truth, BufferSize);
        rows?.Write(Encoding.UTF8.GetBytes(TruthFile.Header + "\n"));
        for (var count = 1L; traffic.MoveNext(); count++)
        {
            lines.Write(traffic.Line.Span);
            if (rows is not null && traffic.IsNewClick)
            {
                labels.Write(rows, traffic.Click);
            }

            if (count % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(Progress(traffic));
            }
        }

        lines.Flush();
        rows?.Flush();
        progress?.Report(Progress(traffic) with { Fraction = 1 });
        return Summary(traffic.Counts);
    }

    /// <summary>Makes the stream in process.</summary>
    /// <param name="truth">Is told who made each click, when the click arrives for the first time, before its line is handed out.</param>
    /// <returns>The events in arrival order, each without its newline; each is valid until the next one.</returns>
    public IEnumerable<ReadOnlyMemory<byte>> Lines(Action<TruthRow>? truth = null)
    {
        using var traffic = new Traffic(Scenario, _maxClicks);
        var labels = new TruthLabels(Scenario);
        while (traffic.MoveNext())
        {
            if (truth is not null && traffic.IsNewClick)
            {
                truth(labels.Row(traffic.Click));
            }

            yield return traffic.Line[..^1];
        }
    }

    private SimulationProgress Progress(Traffic traffic) =>
        new(Math.Max(traffic.Progress, traffic.Counts.Clicks / (double)_maxClicks), traffic.Counts.Events, traffic.Counts.Clicks);

    private SimulationSummary Summary(TrafficCounts counts) =>
        new(
            counts.Events,
            counts.HumanClicks,
            counts.RobotClicks,
            [.. (Scenario.Robots ?? []).Select((robot, index) => new RobotCount(robot.DisplayName, robot.Kind, counts.Of(index)))],
            counts.Purchases,
            counts.PastPurchases,
            counts.LostPurchases,
            counts.Duplicates,
            counts.Late,
            counts.Malformed,
            counts.Readings);
}
