using System.Globalization;
using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Lets the server's clock jump ahead and back under load, and compares it with one whose clock went on as clocks do.</summary>
internal sealed class ClockTrial() : Trial("clock")
{
    private const int BodiesBetween = 40;
    private static readonly string[] s_libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib64/faketime/libfaketimeMT.so.1",
        "/usr/lib/faketime/libfaketimeMT.so.1",
    ];

    private static readonly TimeSpan[] s_jumps =
    [
        TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(40), TimeSpan.FromMinutes(-5), TimeSpan.FromDays(-400), TimeSpan.FromMilliseconds(-200), TimeSpan.FromDays(3650), TimeSpan.Zero,
    ];

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        var library = s_libraries.FirstOrDefault(File.Exists) ?? throw new TrialSkippedException("needs libfaketime (Debian's package faketime), which is not installed");
        var clock = Path.Combine(ground.Folder, "clock");
        await SetAsync(clock, TimeSpan.Zero, cancellation);
        var launch = new ServerLaunch(ground.NewData("jumping"))
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["LD_PRELOAD"] = library,
                ["FAKETIME_TIMESTAMP_FILE"] = clock,
                ["FAKETIME_NO_CACHE"] = "1",

                // A clock that is set changes the wall's time and no timer.
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            },
        };
        using var stream = new TortureStream(ground.Options.Seed);
        var producer = new Producer(stream, findings);
        await using var server = await ServerProcess.StartReadyAsync(launch, cancellation);
        foreach (var jump in s_jumps)
        {
            progress.Report((producer.Sent / (double)(BodiesBetween * s_jumps.Length), $"the clock jumps to {jump:c} from now"));
            await SetAsync(clock, jump, cancellation);
            for (var until = producer.Sent + BodiesBetween; producer.Sent < until;)
            {
                if (!await producer.SendNextAsync(server.Api, cancellation))
                {
                    throw new ServerGoneException($"the server ended when its clock jumped to {jump:c} from now: {server.Errors}");
                }
            }

            findings.Require(await server.Api.IsReadyAsync(cancellation), $"the server is not ready after its clock jumped to {jump:c} from now");
        }

        await using var reference = await ground.ReferenceAsync("steady", producer.Sent, findings, progress, cancellation);
        var decisions = await Comparison.RunAsync(reference.Api, server.Api, findings, cancellation);
        return $"{s_jumps.Length} jumps of the clock by 200 ms to 10 years, ahead and back, {producer.Events:N0} events; {decisions:N0} decisions compared with a run whose clock was left alone";
    }

    private static async Task SetAsync(string clock, TimeSpan offset, CancellationToken cancellation)
    {
        var whole = clock + ".new";
        await File.WriteAllTextAsync(whole, offset.TotalSeconds.ToString("+0.###;-0.###;+0", CultureInfo.InvariantCulture) + "\n", cancellation);
        File.Move(whole, clock, overwrite: true);
    }
}
