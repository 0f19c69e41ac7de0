using Guard.Core.Hosting;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;
using Guard.Engine.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Hosting;

/// <summary>The server over the engine that `guard serve` runs, on a data folder of a test's own.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    private readonly LocalHost _host;
    private readonly ILoggerFactory _loggers;

    private EngineServer(LocalHost host, ILoggerFactory loggers, TestServer server) => (_host, _loggers, Server) = (host, loggers, server);

    public TestServer Server { get; }

    public static async Task<EngineServer> StartAsync(HostFolder folder, GuardServerOptions? options = null)
    {
        var log = new TestServer.CapturedLog();
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var host = await LocalHost.StartAsync(folder.Options, new FileArtifactStore(folder.Artifacts), loggers: loggers, cancellationToken: TestContext.Current.CancellationToken);
        var server = await TestServer.StartAsync(options, log, services => services
            .AddSingleton(host.Ingest).AddSingleton(host.Decisions).AddSingleton(host.Users).AddSingleton(host.Traffic).AddSingleton(host.Streams).AddSingleton<IHostHealth>(host.Health));
        return new EngineServer(host, loggers, server);
    }

    /// <summary>Ends the engine under the server.</summary>
    public ValueTask EndEngineAsync() => _host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _host.DisposeAsync();
        _loggers.Dispose();
    }
}
