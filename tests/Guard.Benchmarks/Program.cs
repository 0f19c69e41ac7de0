using BenchmarkDotNet.Running;
using Guard.Benchmarks.Counters;
using Guard.Benchmarks.Load;
using Guard.Benchmarks.Log;
using Guard.Benchmarks.Pipeline;
using Guard.Benchmarks.Redis;

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

static async Task RunAsync(string[] args)
{
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
        case ["serve", ..]:
            await ServeLoad.RunAsync(args.AsMemory(1));
            break;
        case ["redis", ..]:
            await RedisComparison.RunAsync(args.AsMemory(1));
            break;
        default:
            BenchmarkSwitcher.FromAssembly(typeof(CounterLoad).Assembly).Run(args);
            break;
    }
}
