using BenchmarkDotNet.Running;
using Guard.Benchmarks.Counters;

if (args is ["counters", .. var rest])
{
    CounterLoad.Run(rest is [var most] ? int.Parse(most) : 10_000_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
