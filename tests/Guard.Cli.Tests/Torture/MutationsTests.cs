using Guard.Cli.Torture;
using Guard.Core.Clicks;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Tests.Torture;

public sealed class MutationsTests
{
    [Fact]
    public void A_spoilt_event_is_one_line_and_hardly_ever_valid()
    {
        var valid = new Simulator(Scenario.Load("quiet"), new SimulatorOptions(MaxClicks: 20)).Lines().Select(line => line.ToArray()).ToArray();
        var mutations = new Mutations(new Random(1));
        var decoder = new EventDecoder(new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes])), TimeSpan.FromMinutes(5));
        var (rejected, reasons) = (0, new HashSet<RejectReason>());
        for (var number = 0; number < 5_000; number++)
        {
            var line = mutations.Spoil(valid[number % valid.Length]);
            Assert.NotEmpty(line);
            Assert.DoesNotContain((byte)'\n', line);
            var rejection = decoder.Decode(line, EventDecoder.NoClock, out _);
            rejected += rejection.IsRejected ? 1 : 0;
            reasons.Add(rejection.Reason);
        }

        Assert.InRange(rejected, 3_500, 5_000);
        Assert.True(reasons.Count >= 9, string.Join(", ", reasons));
    }
}
