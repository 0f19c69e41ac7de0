using Guard.Simulation.Events;

namespace Guard.Simulation.Robots;

/// <summary>The agents of one robot, each with a random stream of its own.</summary>
internal abstract class AgentCrew : IClickSource
{
    protected const double DayMilliseconds = 86_400_000;
    private readonly Agent[] _agents;
    private readonly TimeHeap _calendar;

    protected AgentCrew(RobotSpec spec, CrewContext context)
    {
        Context = context;
        Stream = "robot/" + spec.DisplayName;
        _agents = new Agent[spec.Members];
        _calendar = new TimeHeap(_agents.Length);
        for (var i = 0; i < _agents.Length; i++)
        {
            _agents[i] = Recruit(spec, SeededRandom.Of(context.Scenario.Seed, Stream, i));
        }
    }

    public long NextTime => _calendar.NextTime;

    protected CrewContext Context { get; }

    /// <summary>Gets the name of the robot's random streams.</summary>
    protected string Stream { get; }

    protected ReadOnlySpan<Agent> Agents => _agents;

    public void Next(ref SimulatedClick click)
    {
        var time = _calendar.NextTime;
        ref var agent = ref _agents[_calendar.NextIndex];
        click.Time = time;
        click.Id = agent.Random.Next();
        click.User = agent.User;
        click.Session = agent.Session;
        click.Address = agent.Address;
        click.UserAgent = agent.UserAgent;
        click.Robot = Context.Robot;
        click.Gateway = -1;
        click.Marketplace = agent.Marketplace;
        click.Device = agent.Device;
        click.LoggedIn = agent.LoggedIn;
        click.PurchaseTime = 0;
        Context.Ads.Place(ref click, Target(ref agent), ref agent.Random);
        _calendar.Reschedule(WithinRun(After(ref agent, time)));
    }

    /// <summary>Adds purchases that accounts made before a robot took them over; most robots have none.</summary>
    public virtual void AddHistory(List<SimulatedClick> past)
    {
    }

    /// <summary>Puts the agents' first clicks into the calendar; called once, when the crew is complete.</summary>
    public AgentCrew Begin()
    {
        for (var i = 0; i < _agents.Length; i++)
        {
            var time = WithinRun(First(ref _agents[i]));
            if (time != long.MaxValue)
            {
                _calendar.Add(time, i);
            }
        }

        return this;
    }

    /// <summary>Prepares an agent's first visit.</summary>
    /// <returns>The time of its first click.</returns>
    protected abstract long First(ref Agent agent);

    /// <summary>Prepares what follows a click.</summary>
    /// <returns>The time of the agent's next click.</returns>
    protected abstract long After(ref Agent agent, long time);

    /// <summary>Chooses the campaign of a click.</summary>
    protected virtual byte Target(ref Agent agent) => Context.Ads.DrawCampaign(ref agent.Random);

    /// <summary>Begins a session, from the same address.</summary>
    protected static void BeginSession(ref Agent agent)
    {
        agent.Session = agent.Random.Next();
        agent.Address = agent.Address.Again(ref agent.Random);
    }

    /// <summary>A time after a pause of exponential length.</summary>
    protected static long AfterPause(ref Agent agent, long time, double meanDays) =>
        time + (long)Math.Min(1e15, 1000 + agent.Random.Exponential(meanDays * DayMilliseconds));

    /// <summary>
    /// Shares a cycle between a run of clicks with log-normal gaps and the pause after it. Where the run would fill more
    /// than half the cycle, its gaps shrink, so that the robot makes its share of the clicks.
    /// </summary>
    protected static (double PauseDays, double GapSeconds) Pace(double cycleDays, int clicks, double gapSeconds, double sigma)
    {
        var run = clicks * gapSeconds * Math.Exp(sigma * sigma / 2) / 86_400;
        var shrink = Math.Min(1, cycleDays / 2 / run);
        return (cycleDays - run * shrink, gapSeconds * shrink);
    }

    private Agent Recruit(RobotSpec spec, SeededRandom random)
    {
        var agent = new Agent
        {
            User = random.Next(),
            Device = Context.Scenario.Humans.Devices.Draw(ref random),
            Marketplace = Context.Rhythms.Draw(ref random),
            Address = Address.Draw(ref random, Context.Scenario.Humans.Ipv6),
            Crawler = random.Chance(spec.Crawlers),
            LoggedIn = random.Chance(spec.LoggedIn),
            Session = random.Next(),
        };
        agent.UserAgent = agent.Crawler ? UserAgents.DrawCrawler(ref random) : UserAgents.Draw(ref random, agent.Device);
        agent.Random = random;
        return agent;
    }

    private long WithinRun(long time) => time >= Context.End ? long.MaxValue : time;
}
