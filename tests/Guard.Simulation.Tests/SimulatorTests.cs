using System.Text;
using Guard.Simulation.Robots;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Truth;

namespace Guard.Simulation.Tests;

public sealed class SimulatorTests
{
    private static readonly SimulatorOptions s_short = new(Days: 1);

    [Theory]
    [InlineData("demo")]
    [InlineData("dirty-input")]
    public void The_same_scenario_and_seed_give_the_same_bytes(string name)
    {
        var first = Run(Scenario.Load(name), s_short);
        var second = Run(Scenario.Load(name), s_short);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.Truth, second.Truth);
        Assert.Equal(first.Telemetry, second.Telemetry);
    }

    [Fact]
    public void Another_seed_gives_another_stream()
    {
        var first = Run(TestScenario.People, s_short);
        Assert.NotEqual(first.Events, Run(TestScenario.People, s_short with { Seed = 8 }).Events);
    }

    [Fact]
    public void Lines_in_process_are_the_lines_of_the_file_and_tell_the_same_truth()
    {
        var scenario = Scenario.Load("dirty-input");
        var file = Run(scenario, s_short);
        using var lines = new MemoryStream();
        var truth = new StringBuilder(TruthFile.Header + "\n");
        foreach (var line in new Simulator(scenario, s_short).Lines(row => truth.Append($"{row.ClickId},{row.Kind},{row.Robot},{row.Gateway}\n")))
        {
            lines.Write(line.Span);
            lines.WriteByte((byte)'\n');
        }

        Assert.Equal(file.Events, lines.ToArray());
        Assert.Equal(Encoding.UTF8.GetString(file.Truth), truth.ToString());
    }

    [Fact]
    public void A_limit_of_clicks_cuts_the_same_stream_short()
    {
        var whole = Run(TestScenario.People, s_short);
        var cut = Run(TestScenario.People, s_short with { MaxClicks = 500 });
        Assert.Equal(500, cut.Summary.Clicks);
        Assert.Equal(whole.Events[..cut.Events.Length], cut.Events);
    }

    [Fact]
    public void A_limit_below_one_click_is_refused() =>
        Assert.Throws<ScenarioException>(() => new Simulator(TestScenario.People, new SimulatorOptions(MaxClicks: 0)));

    [Fact]
    public void Robots_change_no_click_of_a_human()
    {
        var noise = new NoiseShares(Duplicates: 0.02, Late: 0.05);
        var without = new SimulatedStream(TestScenario.People with { Noise = noise }, s_short);
        var with = new SimulatedStream(TestScenario.With(new BurstRobot { Share = 0.2 }, new MimicRobot { Share = 0.1 }) with { Noise = noise }, s_short);
        var more = new SimulatedStream(TestScenario.With(new BurstRobot { Share = 0.5 }) with { Noise = noise }, s_short);
        var expected = Human(without);
        Assert.Equal(expected, Human(with));
        Assert.Equal(expected, Human(more));

        // What is late or near the end is the same too, for a click's own id seeds its noise.
        static List<string> Human(SimulatedStream stream) =>
            [.. stream.Humans.Select(click => $"{click.Id} {click.Time:O} {click.User} {click.Ip} {click.Session} {click.Cost}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Events_stand_in_the_order_of_their_arrival()
    {
        var stream = SimulatedStream.Shipped("demo", 1);
        Assert.Equal(stream.Recorded.Order(), stream.Recorded);
        Assert.DoesNotContain(stream.Clicks, click => click.Time >= click.Recorded);
    }

    [Fact]
    public void The_summary_counts_what_the_stream_holds()
    {
        var stream = SimulatedStream.Shipped("dirty-input", 2);
        Assert.Equal(stream.Clicks.Count, stream.Summary.Clicks);
        Assert.Equal(stream.Humans.Count(), stream.Summary.HumanClicks);
        Assert.Equal(stream.Purchases.Count, stream.Summary.Purchases + stream.Summary.PastPurchases);
        Assert.Equal(stream.Repeats.Count, stream.Summary.Duplicates);
        Assert.Equal(stream.Malformed.Count, stream.Summary.Malformed);
        Assert.Equal(stream.Readings.Count, stream.Summary.Readings);
        Assert.Equal(stream.Bytes.Count(value => value == (byte)'\n'), stream.Summary.Events);
        Assert.All(stream.Summary.Robots, robot => Assert.Equal(stream.Robots(robot.Kind).Count(), robot.Clicks));
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var told = new List<SimulationProgress>();
        var summary = new Simulator(Scenario.Load("demo"), new SimulatorOptions(Days: 4)).Run(Stream.Null, progress: new Told(told));
        Assert.True(told.Count > 2);
        Assert.Equal(told.Select(each => each.Fraction).Order(), told.Select(each => each.Fraction));
        Assert.Equal(new SimulationProgress(1, summary.Events, summary.Clicks), told[^1]);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Simulator(Scenario.Load("demo")).Run(Stream.Null, cancellationToken: cancelled.Token));
    }

    private static (byte[] Events, byte[] Truth, byte[] Telemetry, SimulationSummary Summary) Run(Scenario scenario, SimulatorOptions options)
    {
        using var events = new MemoryStream();
        using var truth = new MemoryStream();
        using var telemetry = new MemoryStream();
        var summary = new Simulator(scenario, options).Run(events, truth, telemetry);
        return (events.ToArray(), truth.ToArray(), telemetry.ToArray(), summary);
    }

    private sealed class Told(List<SimulationProgress> list) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => list.Add(value);
    }
}
