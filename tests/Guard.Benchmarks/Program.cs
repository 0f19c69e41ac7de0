using BenchmarkDotNet.Running;
using Guard.Benchmarks.Counters;
using Guard.Benchmarks.Log;
using Guard.Benchmarks.Pipeline;

switch (args)
{
    case ["counters", .. var rest]:
        var points = CounterLoad.Run(rest is [var most, ..] ? int.Parse(most) : 10_000_000);
        if (rest is [_, var picture])
        {
            await CounterPicture.WriteAsync(picture, points);
        }

        break;
    case ["decisions"]:
        await DecisionLoad.RunAsync();
        break;
    case ["log", .. var rest]:
        await LogLoad.RunAsync(rest is [var folder, ..] ? folder : ".", rest is [_, var seconds] ? double.Parse(seconds) : 10);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(CounterLoad).Assembly).Run(args);
        break;
}
