using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Fills the disk under a server's load, gives space back, and compares it with one that had space all along.</summary>
internal sealed class DiskTrial() : Trial("disk")
{
    /// <summary>More than the disk holds, however well the server packs.</summary>
    private const long MostBodies = 20_000;

    private const int BodiesAfter = 50;
    private const int MostUnanswered = 5;

    /// <summary>A body that was under way when the disk filled waits for space; the producer gives up and sends it again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_fullFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(60);

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        using var disk = SmallDisk.Create(Path.Combine(ground.Folder, "small"), ground.Options.DiskMegabytes);
        var launch = new ServerLaunch(ground.NewData("data", disk.Folder));
        using var stream = new TortureStream(ground.Options.Seed);
        var producer = new Producer(stream, findings, s_patience);
        string? said;
        await using (var server = await ServerProcess.StartReadyAsync(launch with { Wrapper = disk.Wrapper }, cancellation))
        {
            progress.Report((.1, "filling the disk"));
            await FillAsync(server, producer, findings, cancellation);
            said = producer.Refusal;
            if (disk.CanFree && !server.HasExited)
            {
                progress.Report((.4, "the disk has space again"));
                disk.Free();
                await GoOnAsync(server, producer, findings, cancellation);
            }

            server.Kill();
            await server.ExitAsync(cancellation);
        }

        await using var again = await ServerProcess.StartReadyAsync(launch, cancellation);
        await GoOnAsync(again, producer, findings, cancellation);
        await using var reference = await ground.ReferenceAsync("spacious", producer.Sent, findings, progress, cancellation);
        var decisions = await Comparison.RunAsync(reference.Api, again.Api, findings, cancellation);
        return $"{disk.Description} filled up under {producer.Events:N0} events ({producer.Refused} refusals: '{said}'; {producer.Unanswered} requests waited longer than {s_patience.TotalSeconds:N0} s), was given space, and the server killed; {decisions:N0} decisions compared with a run that had space all along";
    }

    private static async Task FillAsync(ServerProcess server, Producer producer, Findings findings, CancellationToken cancellation)
    {
        while (producer.Refused == 0 && producer.Unanswered < MostUnanswered)
        {
            if (!await producer.SendNextAsync(server.Api, cancellation))
            {
                findings.Add($"the server ended when the disk filled: {server.Errors}");
                return;
            }

            if (producer.Sent > MostBodies)
            {
                findings.Add($"after {producer.Events:N0} events nothing was refused, so the disk did not fill");
                return;
            }
        }

        findings.Require(producer.Refused > 0, $"on the full disk {producer.Unanswered} requests had no answer within {s_patience.TotalSeconds:N0} s, and none was refused");
        var began = TimeProvider.System.GetTimestamp();
        var sent = producer.Sent;
        while (TimeProvider.System.GetElapsedTime(began) < s_fullFor && await producer.SendNextAsync(server.Api, cancellation))
        {
        }

        findings.Require(!server.HasExited, $"the server ended on the full disk: {server.Errors}");
        findings.Require(producer.Sent > sent || !await server.Api.IsReadyAsync(cancellation), "the disk is full, nothing is taken in, and the server says that it is ready");
    }

    private static async Task GoOnAsync(ServerProcess server, Producer producer, Findings findings, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var until = producer.Sent + BodiesAfter;
        while (producer.Sent < until)
        {
            if (!await producer.SendNextAsync(server.Api, cancellation))
            {
                findings.Add($"the server ended: {server.Errors}");
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > s_recovery)
            {
                findings.Add($"{s_recovery.TotalSeconds:N0} s after the disk had space again: {producer.Refusal}");
                return;
            }
        }
    }
}
