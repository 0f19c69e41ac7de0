using System.CommandLine;
using Guard.Cli.Processes;
using Guard.Cli.Terminal;
using Guard.Starter;

namespace Guard.Cli.Torture;

/// <summary><c>guard torture</c>: faults against real servers, and what was found.</summary>
internal static class TortureCommand
{
    private static readonly TortureOptions s_default = new();
    private static readonly Func<Trial>[] s_trials =
        [() => new KillTrial(), () => new PowerTrial(), () => new DiskTrial(), () => new MalformedTrial(), () => new SlowTrial(), () => new ClockTrial(), () => new FolderTrial()];

    public static Command Create()
    {
        var kills = new Option<int>("--kills") { Description = "How often the server is killed with SIGKILL under load", DefaultValueFactory = _ => s_default.Kills };
        var cuts = new Option<int>("--cuts") { Description = "How often the power of a disk of its own is cut under load, which needs leave to mount one", DefaultValueFactory = _ => s_default.Cuts };
        var malformed = new Option<int>("--malformed") { Description = "How many malformed events are sent", DefaultValueFactory = _ => s_default.Malformed };
        var life = new Option<double>("--life") { Description = "The most seconds that a server lives before its kill or power cut", HelpName = "seconds", DefaultValueFactory = _ => s_default.Life.TotalSeconds };
        var slow = new Option<int>("--slow-clients") { Description = "How many clients stall at a time", DefaultValueFactory = _ => s_default.SlowClients };
        var seed = new Option<int>("--seed") { Description = "The seed of all that is random", DefaultValueFactory = _ => s_default.Seed };
        var only = new Option<string[]>("--only") { Description = "Run these trials alone: kills, power, disk, malformed, slow, clock, folder", HelpName = "trials", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. s_trials.Select(trial => trial().Name)]);
        var json = new Option<bool>("--json") { Description = "Print what was tried and found as JSON" };
        var command = new GuardCommand("torture", "Kill, fill, flood and stall real servers in temporary folders, and check that nothing is lost, doubled or decided otherwise")
        {
            Examples = ["guard torture", "guard torture --kills 5 --malformed 20000", "guard torture --only kills --kills 1000 --seed 7 --json"],
        };
        command.AddOptions(kills, cuts, malformed, life, slow, seed, only, json);
        command.Runs(async (parse, session, cancellation) =>
        {
            var options = new TortureOptions
            {
                Kills = parse.GetValue(kills),
                Cuts = parse.GetValue(cuts),
                Malformed = parse.GetValue(malformed),
                Life = TimeSpan.FromSeconds(parse.GetValue(life)),
                SlowClients = parse.GetValue(slow),
                Seed = parse.GetValue(seed),
                Only = parse.GetValue(only) ?? [],
            };
            var reports = await RunAsync(options, session, report => Tell(session, report), cancellation);
            if (parse.GetValue(json))
            {
                session.WriteJson(reports);
            }

            return reports.Any(report => report.Found.Count > 0) ? ExitCode.Failed : ExitCode.Done;

            void Tell(Session to, TrialReport report)
            {
                if (!parse.GetValue(json))
                {
                    Print(to, report);
                }
            }
        });
        return command;
    }

    private static async Task<List<TrialReport>> RunAsync(TortureOptions options, Session session, Action<TrialReport> tell, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("guard-torture-").FullName;
        try
        {
            var model = Path.Combine(folder, "model");
            await new Options.DataFolder(model).MakeStarterAsync(StarterOptions.Small, new Progress<double>(), cancellation);
            var ground = new TortureGround(folder, model, options);
            var reports = new List<TrialReport>();
            foreach (var trial in s_trials.Select(create => create()).Where(trial => options.Only.Count == 0 || options.Only.Contains(trial.Name, StringComparer.Ordinal)))
            {
                var report = await session.WatchAsync(progress => RunAsync(trial, ground, progress, cancellation));
                reports.Add(report);
                tell(report);
            }

            return reports;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TrialReport> RunAsync(Trial trial, TortureGround ground, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        var (findings, began) = (new Findings(), TimeProvider.System.GetTimestamp());
        var (tried, skipped) = ("", (string?)null);
        try
        {
            tried = await trial.RunAsync(ground, findings, progress, cancellation);
        }
        catch (TrialSkippedException nothing)
        {
            skipped = nothing.Message;
        }
        catch (Exception exception) when (exception is ServerGoneException or Api.ApiException or HttpRequestException)
        {
            findings.Add($"the trial could not go on: {exception.Message}");
        }
#pragma warning disable CA1031 // The other trials are to run, whatever ends this one.
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            findings.Add($"the trial itself failed: {exception}");
        }

        return new TrialReport(trial.Name, tried, findings.ToList(), skipped, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
    }

    private static void Print(Session session, TrialReport report)
    {
        var outcome = report.Skipped is null ? report.Found.Count == 0 ? "nothing found" : $"{report.Found.Count} findings" : "skipped";
        session.Output.WriteLine($"{report.Trial,-10} {outcome} in {report.Seconds:N0} s: {report.Skipped ?? report.Tried}");
        foreach (var finding in report.Found)
        {
            session.Output.WriteLine($"           ! {finding}");
        }
    }
}
