using System.CommandLine;
using Guard.Cli.Keys;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Server;
using Guard.Starter;
using Microsoft.Extensions.Logging;

namespace Guard.Cli.Serve;

/// <summary><c>guard serve</c>: Guard as a service on this machine.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var workers = new Option<int>("--workers") { Description = "Threads that count and score; the decisions do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var noStarter = new Option<bool>("--no-starter") { Description = "Refuse to start without a model, instead of making one from simulated traffic" };
        var log = new Option<LogLevel>("--log") { Description = "The least severe messages to write to the error stream", DefaultValueFactory = _ => LogLevel.Warning };
        var command = new GuardCommand(
            "serve",
            "Run Guard as a service: events in and decisions out over HTTP, state that survives a crash, and a console")
        {
            Examples =
            [
                "guard serve",
                "guard serve --data production --url http://0.0.0.0:5080 --access lists.json",
                "GUARD__SERVER__OTLPENDPOINT=http://localhost:4318 guard serve --log Information",
                "GUARD__SERVER__BODYBYTES=33554432 guard serve                # further settings come from the environment",
            ],
        };
        command.AddOptions(DataFolder.Option, ListenAddress.Option, workers, noStarter, log);
        ListOptions.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var data = DataFolder.Of(parse);
            var settings = ServeSettings.FromEnvironment(ServiceHost.Sections);
            var server = settings.Apply("Server", new GuardServerOptions()) with { Listen = parse.GetRequiredValue(ListenAddress.Option), Keys = KeyFile.Read(data).All };
            server.Validate();
            await MakeModelAsync(data, session, parse.GetValue(noStarter), cancellation);
            await using var service = await ServiceHost.StartAsync(new ServiceOptions
            {
                Data = data,
                Settings = settings,
                Server = server,
                Workers = parse.GetValue(workers),
                Access = ListOptions.Access(parse, data.Hash()),
                Crawlers = ListOptions.Crawlers(parse),
                Log = parse.GetValue(log),
            }, cancellation);
            await PrintAsync(session, service, data, server.Keys.Count, cancellation);
            await service.RunAsync(cancellation);
            session.Error.WriteLine("Stopped; all that was acknowledged is on disk.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Makes a starter model where none is in force.</summary>
    private static async Task MakeModelAsync(DataFolder data, Session session, bool noStarter, CancellationToken cancellation)
    {
        if (await data.Models.CurrentAsync(cancellation) is null)
        {
            if (noStarter)
            {
                throw new CommandException($"{data.Path}: no model is in force; train one with 'guard train' and 'guard calibrate', or leave --no-starter out to begin with simulated traffic.");
            }

            session.Error.WriteLine($"No model is in force in {data.Path}: making a starter from simulated traffic, which takes some seconds.");
            await session.ProgressAsync("Simulating, training, calibrating", async progress =>
            {
                await Task.Run(() => data.MakeStarterAsync(StarterOptions.Default, progress, cancellation), cancellation);
                return true;
            });
        }
    }

    private static async Task PrintAsync(Session session, ServiceHost service, DataFolder data, int keys, CancellationToken cancellation)
    {
        var policy = await service.PolicyAsync(cancellation);
        foreach (var address in service.Addresses)
        {
            session.Output.WriteLine($"console     {address}");
        }

        session.Output.WriteLine($"events      POST {service.Addresses[0]}v1/events");
        session.Output.WriteLine($"data        {Path.GetFullPath(data.Path)}");
        session.Output.WriteLine($"model       {policy.Model.Version}, thresholds {policy.Thresholds.Version}");
        if (policy.Model.Data is { } what)
        {
            session.Output.WriteLine($"            {what}");
        }

        session.Output.WriteLine(keys > 0
            ? $"keys        {keys}; every caller needs one"
            : "keys        none; callers on this machine need none ('guard key create' makes some)");
        session.Output.WriteLine($"Ctrl-C stops it. To see decisions: guard simulate --to {service.Addresses[0]}");
    }
}
