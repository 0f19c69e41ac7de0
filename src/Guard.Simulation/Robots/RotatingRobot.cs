using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>
/// Rotating sessions: behind an address that stays, every few clicks come with a new session, a new user id and another
/// user agent, in runs of some hundred clicks at any hour.
/// </summary>
/// <param name="Addresses">How many addresses, from 1 to 100,000.</param>
/// <param name="ClicksPerSession">The most clicks of a session, from 1 to 100.</param>
/// <param name="GapSeconds">The median gap within a run, from 0.01 to 3,600 s; shorter where the share needs it.</param>
/// <param name="ClicksPerRun">The mean number of clicks of a run, from 2 to 1,000,000.</param>
public sealed record RotatingRobot(int Addresses = 3, int ClicksPerSession = 3, double GapSeconds = 12, int ClicksPerRun = 200) : RobotSpec
{
    internal const string KindName = "rotating-sessions";

    internal override string KindText => KindName;

    internal override int Members => Addresses;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".addresses", Addresses, 1, 100_000);
        rules.Range(place + ".clicksPerSession", ClicksPerSession, 1, 100);
        rules.Range(place + ".gapSeconds", GapSeconds, 0.01, 3600);
        rules.Range(place + ".clicksPerRun", ClicksPerRun, 2, 1_000_000);
    }

    private sealed class Crew(RotatingRobot spec, CrewContext context) : AgentCrew(spec, context)
    {
        private const double Sigma = 0.8;
        private readonly (double PauseDays, double GapSeconds) _pace =
            Pace(spec.Addresses * spec.ClicksPerRun / context.ClicksPerDay, spec.ClicksPerRun, spec.GapSeconds, Sigma);

        protected override long First(ref Agent agent) => NextRun(ref agent, Context.Start);

        protected override long After(ref Agent agent, long time)
        {
            if (--agent.Left <= 0)
            {
                return NextRun(ref agent, time);
            }

            if (--agent.LeftInSession <= 0)
            {
                Rotate(ref agent);
            }

            return time + 1 + (long)(1000 * agent.Random.LogNormal(_pace.GapSeconds, Sigma));
        }

        private long NextRun(ref Agent agent, long time)
        {
            Rotate(ref agent);
            agent.Left = spec.ClicksPerRun / 2 + agent.Random.Index(spec.ClicksPerRun + 1);
            return AfterPause(ref agent, time, _pace.PauseDays);
        }

        private void Rotate(ref Agent agent)
        {
            agent.User = agent.Random.Next();
            agent.Session = agent.Random.Next();
            agent.LeftInSession = 1 + agent.Random.Index(spec.ClicksPerSession);
            if (!agent.Crawler)
            {
                agent.UserAgent = UserAgents.Draw(ref agent.Random, agent.Device);
            }
        }
    }
}
