using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>Slow and steady: agents that click round the clock, at regular gaps with some jitter.</summary>
/// <param name="Agents">How many agents, from 1 to 1,000,000.</param>
/// <param name="Jitter">By what share of itself a gap varies to either side, from 0 to 1.</param>
/// <param name="ClicksPerSession">The mean number of clicks before an agent takes a new session, from 1 to 100,000.</param>
public sealed record SteadyRobot(int Agents = 20, double Jitter = 0.15, int ClicksPerSession = 12) : RobotSpec
{
    internal const string KindName = "slow-and-steady";

    internal override string KindText => KindName;

    internal override int Members => Agents;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".agents", Agents, 1, 1_000_000);
        rules.Range(place + ".jitter", Jitter, 0, 1);
        rules.Range(place + ".clicksPerSession", ClicksPerSession, 1, 100_000);
    }

    private sealed class Crew(SteadyRobot spec, CrewContext context) : AgentCrew(spec, context)
    {
        private readonly double _gap = DayMilliseconds * spec.Agents / context.ClicksPerDay;

        protected override long First(ref Agent agent)
        {
            agent.Left = spec.ClicksPerSession;
            return Context.Start + (long)(_gap * agent.Random.Uniform());
        }

        protected override long After(ref Agent agent, long time)
        {
            if (--agent.Left <= 0)
            {
                BeginSession(ref agent);
                agent.Left = 1 + agent.Random.Index(2 * spec.ClicksPerSession - 1);
            }

            return time + 1 + (long)(_gap * (1 + spec.Jitter * agent.Random.Uniform(-1, 1)));
        }
    }
}
