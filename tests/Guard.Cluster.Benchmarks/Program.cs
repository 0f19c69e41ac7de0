using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Counters;
using Guard.Cluster.Benchmarks.Pipeline;
using Guard.Cluster.Benchmarks.Scoring;

try
{
    await RunAsync(args);
    return 0;
}
catch (LoadException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

static Task RunAsync(string[] args) => args switch
{
    ["counters", ..] => CounterComparison.RunAsync(args.AsMemory(1)),
    ["share", ..] => ShareLoad.RunAsync(args.AsMemory(1)),
    ["score", ..] => ScoreLoad.RunAsync(args.AsMemory(1)),
    ["scorer", var users] => ScoreHost.RunAsync(int.Parse(users)),
    ["way", var name, var users, var kinds, var shards] => WayHost.RunAsync(name, int.Parse(users), kinds == "all", int.Parse(shards)),
    _ => throw new LoadException("Say what to measure: counters, share or score."),
};
