namespace Guard.Cli.Evaluate;

/// <summary>What verdicts did to robots and humans, by the simulator's truth.</summary>
/// <param name="Robots">The robots' clicks.</param>
/// <param name="Caught">The invalidated ones among them.</param>
/// <param name="Humans">The humans' clicks.</param>
/// <param name="Lost">The invalidated ones among them.</param>
public readonly record struct TruthCounts(int Robots, int Caught, int Humans, int Lost)
{
    /// <summary>Gets the robots' share of the invalidated clicks; NaN where none was.</summary>
    public double Precision => (double)Caught / (Caught + Lost);

    /// <summary>Gets the invalidated share of the robots' clicks; NaN without robots.</summary>
    public double Recall => (double)Caught / Robots;

    /// <summary>Gets the invalidated share of the humans' clicks; NaN without humans.</summary>
    public double HumansLost => (double)Lost / Humans;

    /// <summary>Gets the counts with one click more.</summary>
    public TruthCounts Add(bool robot, bool invalidated) => robot
        ? this with { Robots = Robots + 1, Caught = Caught + (invalidated ? 1 : 0) }
        : this with { Humans = Humans + 1, Lost = Lost + (invalidated ? 1 : 0) };
}
