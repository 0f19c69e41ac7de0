using Guard.Core.Clicks;
using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests.Events;

/// <summary>What Guard's own decoder makes of the simulator's lines.</summary>
public sealed class DecodingTests
{
    private static readonly EventDecoder s_decoder = new(new KeyedHash(HashingKey.FromBytes("0123456789abcdef"u8)), TimeSpan.FromMinutes(5));

    [Fact]
    public void Every_line_of_a_clean_stream_is_taken()
    {
        var batch = new EventBatch();
        var simulator = new Simulator(Scenario.Load("demo") with { Noise = null }, new SimulatorOptions(MaxClicks: 4000));
        foreach (var line in simulator.Lines())
        {
            Assert.Equal(RejectReason.None, s_decoder.Decode(line.Span, EventDecoder.NoClock, batch, 1).Reason);
        }

        Assert.Equal(4000, batch.Clicks.Length);
        Assert.NotEmpty(batch.Telemetry);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_malformed_line_is_rejected(int kind)
    {
        var people = TestScenario.People with { Humans = TestScenario.People.Humans with { HistoryDays = 0 } };
        var click = new Simulator(people, new SimulatorOptions(MaxClicks: 1)).Lines().Single();
        for (var seed = 0UL; seed < 50; seed++)
        {
            var random = new SeededRandom(seed);
            var line = MalformedEvents.Spoil([.. click.Span, (byte)'\n'], kind, ref random);
            Assert.True(s_decoder.Decode(line, EventDecoder.NoClock, new EventBatch(), 1).IsRejected, $"Line {seed} is taken.");
        }
    }

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, MalformedEvents.Kinds)];
}
