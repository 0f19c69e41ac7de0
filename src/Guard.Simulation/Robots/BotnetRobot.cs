using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>A botnet: many addresses with a few clicks each, at any hour, all on the same few campaigns.</summary>
/// <param name="Agents">How many addresses, from 1 to 10,000,000.</param>
/// <param name="Campaigns">How many campaigns it aims at, from 1 to 120.</param>
/// <param name="SecondClick">The share of visits with a second click, from 0 to 1.</param>
public sealed record BotnetRobot(int Agents = 3000, int Campaigns = 3, double SecondClick = 0.4) : RobotSpec
{
    internal const string KindName = "botnet";

    internal override string KindText => KindName;

    internal override int Members => Agents;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".agents", Agents, 1, 10_000_000);
        rules.Range(place + ".campaigns", Campaigns, 1, Events.AdCatalogue.Campaigns);
        rules.Range(place + ".secondClick", SecondClick, 0, 1);
    }

    private sealed class Crew : AgentCrew
    {
        private readonly BotnetRobot _spec;
        private readonly double _pauseDays;
        private readonly byte[] _targets;

        public Crew(BotnetRobot spec, CrewContext context)
            : base(spec, context)
        {
            _spec = spec;
            _pauseDays = spec.Agents * (1 + spec.SecondClick) / context.ClicksPerDay;
            _targets = new byte[spec.Campaigns];
            var random = SeededRandom.Of(context.Scenario.Seed, Stream + "/targets");
            for (var i = 0; i < _targets.Length; i++)
            {
                _targets[i] = context.Ads.DrawCampaign(ref random);
            }
        }

        protected override long First(ref Agent agent) => NextVisit(ref agent, Context.Start);

        protected override long After(ref Agent agent, long time) =>
            --agent.Left > 0 ? time + (long)(1000 * agent.Random.Uniform(2, 20)) : NextVisit(ref agent, time);

        protected override byte Target(ref Agent agent) => _targets[agent.Random.Index(_targets.Length)];

        private long NextVisit(ref Agent agent, long time)
        {
            BeginSession(ref agent);
            agent.Left = agent.Random.Chance(_spec.SecondClick) ? 2 : 1;
            return AfterPause(ref agent, time, _pauseDays);
        }
    }
}
