using Guard.Simulation.Events;
using Guard.Simulation.Humans;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>
/// Mimics, the hard case: agents that follow the human rhythm of their marketplace, with somewhat more clicks per session
/// and shorter gaps.
/// </summary>
/// <param name="Agents">How many agents, from 1 to 10,000,000.</param>
/// <param name="ClickShape">The exponent of the tail of clicks per session, from 1 to 4; humans have 1.9.</param>
/// <param name="GapSeconds">The median gap in a session, from 0.1 to 600 s; humans on desktops have 45 s.</param>
/// <param name="StolenAccounts">
/// The share of the agents that sit, logged in, on accounts whose owners bought before the stream began, from 0 to 1.
/// </param>
public sealed record MimicRobot(int Agents = 300, double ClickShape = 1.4, double GapSeconds = 18, double StolenAccounts = 0) : RobotSpec
{
    internal const string KindName = "mimic";
    private const double OrdersOfStolenAccounts = 3;

    internal override string KindText => KindName;

    internal override int Members => Agents;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".agents", Agents, 1, 10_000_000);
        rules.Range(place + ".clickShape", ClickShape, 1, 4);
        rules.Range(place + ".gapSeconds", GapSeconds, 0.1, 600);
        rules.Range(place + ".stolenAccounts", StolenAccounts, 0, 1);
    }

    private sealed class Crew(MimicRobot spec, CrewContext context) : AgentCrew(spec, context)
    {
        private readonly double _meanActivity = spec.Agents * Behaviour.MeanClicks(spec.ClickShape) / context.ClicksPerDay;

        public override void AddHistory(List<SimulatedClick> past)
        {
            for (var i = 0; i < StolenCount; i++)
            {
                ref readonly var agent = ref Agents[i];
                var random = SeededRandom.Of(Context.Scenario.Seed, Stream + "/history", i);
                PurchaseHistory.Add(past, Context.Scenario, OrdersOfStolenAccounts, agent.User, agent.Marketplace, 28e6, random);
            }
        }

        private int StolenCount => (int)Math.Round(spec.StolenAccounts * spec.Agents);

        protected override long First(ref Agent agent)
        {
            // The agents come in their order, so the first ones are those with the stolen accounts.
            agent.LoggedIn |= _begun++ < StolenCount;
            agent.Activity = Context.Rhythms[agent.Marketplace].Activity(Context.Start);
            return NextVisit(ref agent, Context.Start);
        }

        protected override long After(ref Agent agent, long time) =>
            --agent.Left > 0 ? time + (long)(1000 * Behaviour.Gap(ref agent.Random, spec.GapSeconds)) : NextVisit(ref agent, time);

        private long NextVisit(ref Agent agent, long time)
        {
            BeginSession(ref agent);
            agent.Left = agent.Random.HeavyTail(spec.ClickShape, Behaviour.MostClicks);
            agent.Activity += agent.Random.Exponential(_meanActivity);
            return Math.Max(time + 30_000, Context.Rhythms[agent.Marketplace].Time(agent.Activity));
        }

        private int _begun;
    }
}
