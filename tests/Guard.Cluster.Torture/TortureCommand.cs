using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Trials;

namespace Guard.Cluster.Torture;

/// <summary>The command line: faults and operations on clusters of real silos, and what was found.</summary>
internal static class TortureCommand
{
    private static readonly TortureSettings s_default = new();
    private static readonly ClusterTrial[] s_trials =
        [new SiloKillTrial(), new ScaleTrial(), new UpgradeTrial(), new PolicyTrial(), new HashingKeyTrial(), new RestoreTrial(), new MoveTrial(), new DrainTrial()];

    public static RootCommand Create()
    {
        var silos = new Option<int>("--silos") { Description = "How many silos a cluster has", DefaultValueFactory = _ => s_default.Silos };
        var kills = new Option<int>("--kills") { Description = "How often a silo is killed with SIGKILL under load", DefaultValueFactory = _ => s_default.Kills };
        var life = new Option<double>("--life") { Description = "The most seconds of load between two faults", HelpName = "seconds", DefaultValueFactory = _ => s_default.Life.TotalSeconds };
        var probe = new Option<double>("--probe") { Description = "Guard:Clustering:ProbeTimeout of the silos; three missed probes give one up", HelpName = "seconds", DefaultValueFactory = _ => s_default.ProbeTimeout.TotalSeconds };
        var seed = new Option<int>("--seed") { Description = "The seed of all that is random", DefaultValueFactory = _ => s_default.Seed };
        var program = new Option<DirectoryInfo>("--program") { Description = "The folder of the silo's program, such as what `dotnet publish` made; by default the one built with this command", HelpName = "folder", DefaultValueFactory = _ => new DirectoryInfo(s_default.Program) };
        var next = new Option<DirectoryInfo?>("--next") { Description = "The folder of the program that silos are upgraded to; by default a copy of the first", HelpName = "folder" };
        var only = new Option<string[]>("--only") { Description = $"Run these trials alone: {string.Join(", ", s_trials.Select(trial => trial.Name))}", HelpName = "trials", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. s_trials.Select(trial => trial.Name)]);
        var json = new Option<bool>("--json") { Description = "Print what was tried and found as JSON" };
        var command = new RootCommand("Kill, add, upgrade and restore silos of clusters over PostgreSQL under load, and check that nothing is lost, doubled or decided otherwise");
        command.AddOptions(silos, kills, life, probe, seed, program, next, only, json);
        command.Runs(async (parse, session, cancellation) =>
        {
            var settings = new TortureSettings
            {
                Silos = parse.GetValue(silos),
                Kills = parse.GetValue(kills),
                Life = TimeSpan.FromSeconds(parse.GetValue(life)),
                ProbeTimeout = TimeSpan.FromSeconds(parse.GetValue(probe)),
                Seed = parse.GetValue(seed),
                Program = parse.GetRequiredValue(program).FullName,
                Next = parse.GetValue(next)?.FullName,
                Only = parse.GetValue(only) ?? [],
            };
            var reports = await RunAsync(settings, report => Tell(session, report, parse.GetValue(json)), cancellation);
            if (parse.GetValue(json))
            {
                session.WriteJson(reports);
            }

            return reports.Any(report => report.Found.Count > 0) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<TrialReport>> RunAsync(TortureSettings settings, Action<TrialReport> tell, CancellationToken cancellation)
    {
        var reports = new List<TrialReport>();
        foreach (var trial in s_trials.Where(trial => settings.Only.Count == 0 || settings.Only.Contains(trial.Name, StringComparer.Ordinal)))
        {
            var report = await trial.ReportAsync(settings, cancellation);
            reports.Add(report);
            tell(report);
        }

        return reports;
    }

    private static void Tell(Session session, TrialReport report, bool json)
    {
        if (!json)
        {
            var outcome = report.Skipped is not null ? "skipped" : report.Found.Count == 0 ? "nothing found" : $"{report.Found.Count} findings";
            session.Output.WriteLine($"{report.Trial,-10} {outcome} in {report.Seconds:N0} s: {report.Skipped ?? report.Tried}");
            foreach (var finding in report.Found)
            {
                session.Output.WriteLine($"           ! {finding}");
            }
        }
    }
}
