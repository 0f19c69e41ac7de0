using System.Diagnostics.Metrics;
using Guard.Cli.Terminal;
using Guard.Core.Hosting;
using Guard.Engine.Hosting;
using Guard.Server;
using Guard.Server.Alerts;
using Guard.Server.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Guard.Cli.Serve;

/// <summary>The engine and the server of one process.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>The sections of settings that the environment may hold.</summary>
    public static readonly IReadOnlyList<string> Sections = ["Server", "Engine", "Webhook"];

    private const string HostCategory = "Microsoft.Extensions.Hosting";
    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(1);
    private readonly WebApplication _app;
    private readonly LocalHost _engine;

    private ServiceHost(WebApplication app, LocalHost engine) => (_app, _engine) = (app, engine);

    /// <summary>Gets where the server listens, each with a slash at its end.</summary>
    public IReadOnlyList<string> Addresses => [.. _app.Urls.Select(url => url + "/")];

    /// <summary>Gets the model and the thresholds in force.</summary>
    public ValueTask<PolicyView> PolicyAsync(CancellationToken cancellation) => _engine.Traffic.PolicyAsync(cancellation);

    /// <summary>Opens the data folder, recovers what it holds, and listens.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="IOException">The address is taken, or the folder cannot be read or written.</exception>
    public static Task<ServiceHost> StartAsync(ServiceOptions options, CancellationToken cancellation) => StartAsync(options, Map, cancellation);

    /// <summary>Starts with pages and addresses of a test's own.</summary>
    internal static async Task<ServiceHost> StartAsync(ServiceOptions options, Action<WebApplication> map, CancellationToken cancellation)
    {
        var engineOptions = options.Settings.Apply("Engine", new LocalHostOptions { Folder = options.Data.Path, Access = options.Access, Crawlers = options.Crawlers });
        engineOptions = engineOptions with { Folder = options.Data.Path, Shards = engineOptions.Shards with { Workers = options.Workers } };
        engineOptions.Validate();
        LocalHost? engine = null;
        Task<LocalHost>? starting = null;
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var started = false;
        var app = Build(options, () => engine ?? throw new InvalidOperationException("The engine has not started."), () => started);
        try
        {
            var (loggers, meters) = (app.Services.GetRequiredService<ILoggerFactory>(), app.Services.GetService<IMeterFactory>());
            starting = Task.Run(() => LocalHost.StartAsync(engineOptions, options.Data.Store, TimeProvider.System, loggers, meters, givenUp.Token), CancellationToken.None);

            // The pages and addresses are put together while the state is recovered.
            map(app);
            engine = await starting;
            await app.StartAsync(cancellation);
            started = true;
            return new ServiceHost(app, engine);
        }
        catch (Exception exception)
        {
            await givenUp.CancelAsync();
            await DisposeAsync(app, starting);
            if (exception is IOException { InnerException: AddressInUseException })
            {
                throw new CommandException($"--url {string.Join(", ", options.Server.Listen)}: another program listens there; stop it, or give another port (port 0 takes a free one).");
            }

            throw;
        }
    }

    /// <summary>Serves until it is cancelled.</summary>
    /// <exception cref="CommandException">The engine cannot go on; the message says why.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_check);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (_engine.Health.NotLive is { } reason)
                {
                    throw new CommandException($"{reason} Start Guard again; what was acknowledged is on disk.");
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to end.
        }
    }

    /// <summary>Stops listening, takes in what waits, and gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _engine.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.MapGuardApi();
        app.MapGuardConsole();
    }

    /// <summary>Takes a start back: an engine that is still on its way would hold the folder, and nobody would stop it.</summary>
    private static async ValueTask DisposeAsync(WebApplication app, Task<LocalHost>? starting)
    {
        if (starting is not null)
        {
            await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await app.DisposeAsync();
        if (starting is { IsCompletedSuccessfully: true })
        {
            await (await starting).DisposeAsync();
        }
    }

    private static WebApplication Build(ServiceOptions options, Func<LocalHost> engine, Func<bool> started)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // Settings come through options alone, and not from files that lie where the command happens to run.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.Log);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", true));

        // What stops the start is told in one line; the framework would tell it again with its whole stack.
        builder.Logging.AddFilter(HostCategory, level => level >= options.Log && started());
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<IIngest>(_ => engine().Ingest);
        builder.Services.AddSingleton<IDecisionLog>(_ => engine().Decisions);
        builder.Services.AddSingleton<IUsers>(_ => engine().Users);
        builder.Services.AddSingleton<ITraffic>(_ => engine().Traffic);
        builder.Services.AddSingleton<IStreams>(_ => engine().Streams);
        builder.Services.AddSingleton<IHostHealth>(_ => engine().Health);
        builder.Services.AddGuardServer(options.Server);
        builder.Services.AddGuardConsole();
        if (options.Settings.Apply("Webhook", new WebhookSettings()).ToOptions(options.Data) is { } webhook)
        {
            builder.Services.AddSingleton<IAlertEvents>(_ => engine().Alerts);
            builder.Services.AddAlertWebhook(webhook);
        }

        return builder.Build();
    }
}
