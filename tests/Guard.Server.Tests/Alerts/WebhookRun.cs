using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Guard.Core.Hosting;
using Guard.Server.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Alerts;

/// <summary>A delivery that runs, with a cursor file of its own and what it logged.</summary>
internal sealed class WebhookRun : ILogger<WebhookDelivery>, IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WebhookDelivery _delivery;

    public WebhookRun(IAlertEvents alerts, Uri address, string cursorFile, Func<WebhookOptions, WebhookOptions>? change = null, IWebhookCursor? cursor = null)
    {
        var options = new WebhookOptions
        {
            Address = address,
            Secrets = [WebhookSecret.Parse(Secret)],
            CursorFile = cursorFile,
            FirstRetry = TimeSpan.FromMilliseconds(2),
            LongestRetry = TimeSpan.FromMilliseconds(20),
        };
        var meters = _services.GetRequiredService<IMeterFactory>();
        Measured = new Measured(meters);
        var instruments = new WebhookInstruments(meters, TimeProvider.System);
        _delivery = new WebhookDelivery(alerts, change?.Invoke(options) ?? options, cursor ?? new FileCursor(cursorFile), instruments, TimeProvider.System, this);
    }

    public ConcurrentQueue<string> Log { get; } = [];

    public WebhookDelivery Delivery => _delivery;

    public Measured Measured { get; }

    public async Task<WebhookRun> StartAsync()
    {
        await _delivery.StartAsync(CancellationToken.None);
        await _delivery.StartedAsync(CancellationToken.None);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _delivery.StoppingAsync(CancellationToken.None);
        await _delivery.StopAsync(CancellationToken.None);
        _delivery.Dispose();
        Measured.Dispose();
        await _services.DisposeAsync();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue(formatter(state, exception));
}
