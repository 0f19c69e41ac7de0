using Guard.Simulation.Events;

namespace Guard.Simulation;

/// <summary>Running counts of a stream.</summary>
internal sealed class TrafficCounts(int robots)
{
    private readonly long[] _robots = new long[robots];

    public long HumanClicks;
    public long RobotClicks;
    public long Purchases;
    public long PastPurchases;
    public long LostPurchases;
    public long Duplicates;
    public long Late;
    public long Malformed;
    public long Readings;

    public long Clicks => HumanClicks + RobotClicks;

    public long Events => Clicks + Purchases + PastPurchases + Duplicates + Malformed + Readings;

    public long Of(int robot) => _robots[robot];

    public void Add(in SimulatedClick click)
    {
        if (click.Robot < 0)
        {
            HumanClicks++;
        }
        else
        {
            RobotClicks++;
            _robots[click.Robot]++;
        }
    }
}
