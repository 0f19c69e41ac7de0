using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Silo.Tests.Hosting;

/// <summary>A whole silo in this process, as the program makes it, on free ports.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly WebApplication _app;
    private bool _runs;

    private TestSilo(WebApplication app, SiloOptions options, (string Key, string? Value)[] settings) =>
        (_app, Options, Settings, Client) = (app, options, settings, new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }));

    public SiloOptions Options { get; }

    /// <summary>Gets what the test set, for a further silo of the same cluster.</summary>
    public (string Key, string? Value)[] Settings { get; }

    public HttpClient Client { get; }

    public SiloHealth Health => Service<SiloHealth>();

    /// <summary>Builds a silo; it has not joined yet.</summary>
    public static async Task<TestSilo> BuildAsync(string folder, params (string Key, string? Value)[] settings)
    {
        var ports = FreePorts.Take(2);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Guard:Folder", folder), new("Guard:Listen", "127.0.0.1:0"), new("Guard:Policy:PollEvery", "00:00:00.100"),
            new("Guard:Endpoints:SiloPort", $"{ports[0]}"), new("Guard:Endpoints:GatewayPort", $"{ports[1]}"),
            .. settings.GroupBy(setting => setting.Key, (key, same) => KeyValuePair.Create(key, same.Last().Value)),
        ]).Build();
        var options = SiloConfiguration.Bind(configuration);
        var stores = await SiloStores.OpenAsync(options, TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.ClearProviders();
        return new TestSilo(SiloHost.Build(builder, options, stores), options, settings);
    }

    /// <summary>Starts a silo, and waits until it is ready.</summary>
    public static async Task<TestSilo> StartAsync(string folder, params (string Key, string? Value)[] settings)
    {
        var silo = await BuildAsync(folder, settings);
        try
        {
            await silo.StartAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        _runs = true;
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Tells the silo to stop as SIGTERM does; it goes on until <see cref="StopAsync"/>.</summary>
    public void Tell() => Service<IHostApplicationLifetime>().StopApplication();

    public Task StopAsync()
    {
        _runs = false;
        return _app.StopAsync(TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, string Text)> GetAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Stops the silo, so that it writes nothing more into its folder, and lets it go.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_runs)
        {
            // What it holds goes anyway: no need to wait until it has handed all of it over.
            using var patience = new CancellationTokenSource(s_patience);
            await _app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _app.DisposeAsync();
    }
}
