using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Starts a second server on a data folder that is in use.</summary>
internal sealed class FolderTrial() : Trial("folder")
{
    private static readonly TimeSpan s_refusal = TimeSpan.FromSeconds(30);

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        var launch = new ServerLaunch(ground.NewData("shared"));
        using var stream = new TortureStream(ground.Options.Seed);
        var producer = new Producer(stream, findings);
        await using var first = await ServerProcess.StartReadyAsync(launch, cancellation);
        await producer.SendNextAsync(first.Api, cancellation);
        await using (var second = ServerProcess.Start(launch))
        {
            try
            {
                var code = await second.ExitAsync(cancellation).WaitAsync(s_refusal, TimeProvider.System, cancellation);
                findings.Require(code == Terminal.ExitCode.Failed, $"a second server on the folder ended with code {code}: {second.Errors}");
                findings.Require(second.Errors.Contains("shared", StringComparison.Ordinal) && !second.Errors.Contains(" | ", StringComparison.Ordinal), $"its error is not one line that names the folder: {second.Errors}");
            }
            catch (TimeoutException)
            {
                findings.Add("a second server on the folder was not refused");
            }
        }

        findings.Require(await producer.SendNextAsync(first.Api, cancellation), $"the first server did not survive the second: {first.Errors}");

        // Whoever goes leaves the folder to the next.
        var left = await first.StopAsync(cancellation);
        findings.Require(left == Terminal.ExitCode.Done, $"the first server ended with code {left} when it was asked to: {first.Errors}");
        await using var next = await ServerProcess.StartReadyAsync(launch, cancellation);
        findings.Require(await producer.SendNextAsync(next.Api, cancellation), $"the folder's next server takes nothing: {next.Errors}");
        return "a second server on one data folder, then one after the first had gone";
    }
}
