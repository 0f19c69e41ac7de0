using System.Net;
using Guard.Core.Hosting;
using Guard.Server.Console;
using Guard.Server.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Console;

/// <summary>The API and the console on a free port of loopback, over a seeded host.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleServer(WebApplication app, SeededHost host)
    {
        (_app, Host) = (app, host);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public SeededHost Host { get; }

    public Uri Address => new(_app.Urls.First());

    public HttpClient Client { get; }

    public static async Task<ConsoleServer> StartAsync(bool empty = false, GuardServerOptions? options = null, TestServer.CapturedLog? log = null)
    {
        var host = new SeededHost(empty);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log).AddFilter("Microsoft.AspNetCore", LogLevel.Trace);
        }

        builder.Services.AddSingleton<IIngest>(host).AddSingleton<ITraffic>(host).AddSingleton<IDecisionLog>(host).AddSingleton<IStreams>(host).AddSingleton<IUsers>(host).AddSingleton<IHostHealth>(host);
        builder.Services.AddGuardServer((options ?? new()) with { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] });
        builder.Services.AddGuardConsole();
        var app = builder.Build();
        app.MapGuardApi();
        app.MapGuardConsole();

        // The browser test has a click decided by asking for it.
        app.MapGet("/test/click", (string id) => host.Add(id));
        await app.StartAsync();
        return new ConsoleServer(app, host);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<string> PageAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
