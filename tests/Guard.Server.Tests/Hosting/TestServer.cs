using System.Collections.Concurrent;
using System.Net;
using Guard.Core.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Hosting;

/// <summary>The server on a free port of loopback, over a host in memory, with every line that it logs.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, MemoryHost host, CapturedLog log) => (_app, Host, Log) = (app, host, log);

    public MemoryHost Host { get; }

    public CapturedLog Log { get; }

    public Uri Address => new(_app.Urls.First());

    public HttpClient Client { get; private set; } = new();

    public static async Task<TestServer> StartAsync(GuardServerOptions? options = null, CapturedLog? log = null, Action<IServiceCollection>? configure = null)
    {
        var host = new MemoryHost();
        log ??= new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log).AddFilter("Microsoft.AspNetCore", LogLevel.Trace);
        builder.Services.AddSingleton<IIngest>(host).AddSingleton<IDecisionLog>(host).AddSingleton<IUsers>(host)
            .AddSingleton<ITraffic>(host).AddSingleton<IStreams>(host.Streams).AddSingleton<IHostHealth>(host);
        builder.Services.AddGuardServer((options ?? new()) with { Listen = options?.Listen is { Count: 1 } listen && listen[0].Port == 0 ? listen : [new IPEndPoint(IPAddress.Loopback, 0)] });
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGuardApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var server = new TestServer(app, host, log);
        server.Client = new HttpClient { BaseAddress = server.Address };
        return server;
    }

    public HttpClient ClientWith(string key)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("x-api-key", key);
        return client;
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Host.Dispose();
    }

    /// <summary>Keeps every line with its scopes and values.</summary>
    internal sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(CapturedLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
                var scopes = new List<string>();
                log._scopes?.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : scope?.ToString() ?? ""), scopes);
                log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} | {values} | {string.Join(' ', scopes)} | {exception}");
            }
        }
    }
}
