using System.Globalization;
using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Kills the server at random moments under load, in its start too, and compares it with one that was never killed.</summary>
internal sealed class KillTrial() : Trial("kills")
{
    /// <summary>The share of kills that meet the server while it starts.</summary>
    private const double AtStart = 0.2;

    private const int BodiesAfter = 10;

    /// <summary>Gets settings that make snapshots and new segments so often that kills meet them too.</summary>
    public static IReadOnlyDictionary<string, string> Busy { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GUARD__ENGINE__SNAPSHOTINTERVAL"] = "00:00:01",
        ["GUARD__ENGINE__SNAPSHOTLOGBYTES"] = (1 << 20).ToString(CultureInfo.InvariantCulture),
        ["GUARD__ENGINE__LOG__SEGMENTBYTES"] = (4 << 20).ToString(CultureInfo.InvariantCulture),
    };

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        var random = ground.Random(Name);
        var launch = new ServerLaunch(ground.NewData("killed")) { Environment = Busy };
        using var stream = new TortureStream(ground.Options.Seed);
        var producer = new Producer(stream, findings);
        var (start, inStart) = (TimeSpan.FromSeconds(1), 0);
        for (var kill = 0; kill < ground.Options.Kills; kill++)
        {
            progress.Report((kill / (double)ground.Options.Kills, $"kill {kill + 1}, {producer.Events:N0} events acknowledged"));
            var began = TimeProvider.System.GetTimestamp();
            await using var server = ServerProcess.Start(launch);
            if (kill > 0 && random.NextDouble() < AtStart)
            {
                inStart++;
                await Task.Delay(start * random.NextDouble(), TimeProvider.System, cancellation);
                Kill(server, findings, kill);
            }
            else
            {
                await server.ReadyAsync(TimeSpan.FromMinutes(2), cancellation);
                start = TimeProvider.System.GetElapsedTime(began);
                var life = ground.Options.Life * Math.Pow(random.NextDouble(), 2);
                var sending = producer.SendAllAsync(server, cancellation);
                await Task.Delay(life, TimeProvider.System, cancellation);
                Kill(server, findings, kill);
                await sending;
            }

            await server.ExitAsync(cancellation);
        }

        await using var tortured = await ServerProcess.StartReadyAsync(launch, cancellation);
        var bodies = producer.Sent + BodiesAfter;
        while (producer.Sent < bodies && await producer.SendNextAsync(tortured.Api, cancellation))
        {
        }

        await using var reference = await ground.ReferenceAsync("undisturbed", producer.Sent, findings, progress, cancellation);
        var decisions = await Comparison.RunAsync(reference.Api, tortured.Api, findings, cancellation);
        var users = await Comparison.UsersAsync(producer.Users, reference.Api, tortured.Api, findings, cancellation);
        findings.Require(decisions > 0, "no decision was made, so nothing was compared");
        return $"{ground.Options.Kills} kills with SIGKILL ({inStart} of them during a start), {producer.Events:N0} events acknowledged; {decisions:N0} decisions, {users} users, all slices and streams compared with a run that was never killed";
    }

    private static void Kill(ServerProcess server, Findings findings, int kill)
    {
        findings.Require(!server.HasExited, $"before kill {kill + 1} the server ended by itself: {server.Errors}");
        server.Kill();
    }
}
