using System.Text;
using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Truth;

/// <summary>The words of the truth about the clicks of one scenario.</summary>
internal sealed class TruthLabels(Scenario scenario)
{
    private readonly (string Kind, string Name)[] _robots = [.. (scenario.Robots ?? []).Select(robot => (robot.Kind, robot.DisplayName))];
    private readonly byte[][] _robotTails = [.. (scenario.Robots ?? []).Select(robot => Encoding.UTF8.GetBytes($",{robot.Kind},{robot.DisplayName},\n"))];
    private readonly byte[][] _gatewayTails = [.. (scenario.NatGateways ?? []).Select((_, index) => Encoding.UTF8.GetBytes($",{TruthRow.Human},,{Gateway(index)}\n"))];

    public string Kind(in SimulatedClick click) => click.Robot < 0 ? TruthRow.Human : _robots[click.Robot].Kind;

    public TruthRow Row(in SimulatedClick click)
    {
        Span<byte> id = stackalloc byte[Utf8Text.IdLength];
        return new TruthRow(
            Encoding.UTF8.GetString(Utf8Text.Id(click.Id, id)),
            Kind(click),
            click.Robot < 0 ? string.Empty : _robots[click.Robot].Name,
            click.Gateway < 0 ? string.Empty : Gateway(click.Gateway));
    }

    public void Write(Stream stream, in SimulatedClick click)
    {
        Span<byte> id = stackalloc byte[Utf8Text.IdLength];
        stream.Write(Utf8Text.Id(click.Id, id));
        stream.Write(click.Robot >= 0 ? _robotTails[click.Robot] : click.Gateway >= 0 ? _gatewayTails[click.Gateway] : ",human,,\n"u8);
    }

    private static string Gateway(int index) => $"nat-{index + 1}";
}
