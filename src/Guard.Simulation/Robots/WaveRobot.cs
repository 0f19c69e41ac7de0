using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>
/// Waves, a kind unlike the others: at a fixed beat, a part of many agents on many addresses clicks once within the same
/// few seconds. Each agent alone clicks seldom.
/// </summary>
/// <param name="Agents">How many agents, from 1 to 1,000,000; a wave holds at most each of them once.</param>
/// <param name="EveryMinutes">The time from wave to wave, from 1 to 1,440 minutes.</param>
/// <param name="WithinSeconds">How long a wave lasts, from 0.1 to 600 s.</param>
public sealed record WaveRobot(int Agents = 400, int EveryMinutes = 20, double WithinSeconds = 8) : RobotSpec
{
    internal const string KindName = "wave";

    internal override string KindText => KindName;

    internal override int Members => Agents;

    internal override AgentCrew Start(CrewContext context) => new Crew(this, context).Begin();

    internal override void CheckKind(ScenarioRules rules, string place)
    {
        rules.Range(place + ".agents", Agents, 1, 1_000_000);
        rules.Range(place + ".everyMinutes", EveryMinutes, 1, 1440);
        rules.Range(place + ".withinSeconds", WithinSeconds, 0.1, 600);
        rules.That(WithinSeconds < EveryMinutes * 60, place + ".withinSeconds", "is as long as the beat", "make waves shorter than everyMinutes");
    }

    private sealed class Crew : AgentCrew
    {
        private readonly WaveRobot _spec;
        private readonly long _beat;
        private readonly double _logMiss;

        public Crew(WaveRobot spec, CrewContext context)
            : base(spec, context)
        {
            _spec = spec;
            _beat = spec.EveryMinutes * 60_000L;
            var joining = context.ClicksPerDay * _beat / DayMilliseconds / spec.Agents;
            _logMiss = joining < 1 ? Math.Log(1 - joining) : double.NegativeInfinity;
        }

        protected override long First(ref Agent agent) => NextWave(ref agent, -1);

        protected override long After(ref Agent agent, long time) => NextWave(ref agent, (time - Context.Start) / _beat);

        private long NextWave(ref Agent agent, long wave)
        {
            BeginSession(ref agent);

            // How many waves pass until the agent joins again is geometric.
            wave += 1 + (long)Math.Min(1e9, Math.Log(agent.Random.UniformAboveZero()) / _logMiss);
            return Context.Start + wave * _beat + (long)(1000 * _spec.WithinSeconds * agent.Random.Uniform());
        }
    }
}
