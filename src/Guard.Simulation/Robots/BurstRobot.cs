using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>Bursts: an agent fires many clicks in one session within seconds to minutes, at any hour, and rests.</summary>
/// <param name="Agents">How many agents take turns, from 1 to 1,000,000.</param>
/// <param name="Clicks">The mean number of clicks of a burst, from 2 to 100,000; bursts have half to one and a half times as many.</param>
/// <param name="GapSeconds">The median gap within a burst, from 0.01 to 600 s; shorter where the share needs it.</param>
public sealed record BurstRobot(int Agents = 40, int Clicks = 120, double GapSeconds = 1.5) : RobotSpec
{
    internal const string KindName = "burst";

    internal override string KindText => KindName;

    internal override int Members => Agents;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".agents", Agents, 1, 1_000_000);
        rules.Range(place + ".clicks", Clicks, 2, 100_000);
        rules.Range(place + ".gapSeconds", GapSeconds, 0.01, 600);
    }

    private sealed class Crew(BurstRobot spec, CrewContext context) : AgentCrew(spec, context)
    {
        private const double Sigma = 0.5;
        private readonly (double PauseDays, double GapSeconds) _pace =
            Pace(spec.Agents * spec.Clicks / context.ClicksPerDay, spec.Clicks, spec.GapSeconds, Sigma);

        protected override long First(ref Agent agent) => NextBurst(ref agent, Context.Start);

        protected override long After(ref Agent agent, long time) =>
            --agent.Left > 0 ? time + 1 + (long)(1000 * agent.Random.LogNormal(_pace.GapSeconds, Sigma)) : NextBurst(ref agent, time);

        private long NextBurst(ref Agent agent, long time)
        {
            BeginSession(ref agent);
            agent.Left = spec.Clicks / 2 + agent.Random.Index(spec.Clicks + 1);
            return AfterPause(ref agent, time, _pace.PauseDays);
        }
    }
}
