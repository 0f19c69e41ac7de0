using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>
/// Cuts the power at random moments under load, and compares with a run whose power stayed. A process that is killed leaves what it wrote
/// to the system; after a power cut there is only what it flushed.
/// </summary>
internal sealed class PowerTrial() : Trial("power")
{
    private const int BodiesAfter = 10;

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        using var disk = LossyDisk.Create(Path.Combine(ground.Folder, "lossy"));
        var random = ground.Random(Name);
        var launch = new ServerLaunch(ground.NewData("data", disk.Folder)) { Environment = KillTrial.Busy };
        disk.Flush();
        using var stream = new TortureStream(ground.Options.Seed);
        var producer = new Producer(stream, findings);
        for (var cut = 0; cut < ground.Options.Cuts; cut++)
        {
            progress.Report((cut / (double)ground.Options.Cuts, $"power cut {cut + 1}, {producer.Events:N0} events acknowledged"));
            await using (var server = await ServerProcess.StartReadyAsync(launch, cancellation))
            {
                var sending = producer.SendAllAsync(server, cancellation);
                await Task.Delay(ground.Options.Life * random.NextDouble(), TimeProvider.System, cancellation);
                findings.Require(!server.HasExited, $"before power cut {cut + 1} the server ended by itself: {server.Errors}");
                disk.Cut();
                server.Kill();
                await sending;
                await server.ExitAsync(cancellation);
            }

            disk.Restore();
        }

        await using var tortured = await ServerProcess.StartReadyAsync(launch, cancellation);
        var bodies = producer.Sent + BodiesAfter;
        while (producer.Sent < bodies && await producer.SendNextAsync(tortured.Api, cancellation))
        {
        }

        await using var reference = await ground.ReferenceAsync("powered", producer.Sent, findings, progress, cancellation);
        var decisions = await Comparison.RunAsync(reference.Api, tortured.Api, findings, cancellation);
        findings.Require(decisions > 0, "no decision was made, so nothing was compared");
        return $"{ground.Options.Cuts} power cuts, {producer.Events:N0} events acknowledged; {decisions:N0} decisions, all slices and streams compared with a run whose power stayed";
    }
}
