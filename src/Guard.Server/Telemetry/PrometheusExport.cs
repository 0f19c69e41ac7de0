using System.Diagnostics.Metrics;
using Guard.Server.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Guard.Server.Telemetry;

/// <summary>Tells metrics to Prometheus at <c>/metrics</c> where that is wanted, and measures nothing otherwise.</summary>
internal sealed class PrometheusExport(GuardServerOptions options, IEnumerable<TelemetrySource> others) : IHostedLifecycleService, IDisposable
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // Dense around the 5 ms that a decision may take.
    private static readonly double[] s_seconds = [.0005, .001, .002, .003, .004, .005, .0075, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
    private readonly PrometheusText _text = new();
    private MeterProvider? _metrics;

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<GuardServerOptions>().ServeMetrics)
        {
            routes.MapGet("/metrics", static (PrometheusExport metrics) => TypedResults.Text(metrics._text.Write(s_patience), ContentType))
                .RequireAuthorization(ApiPolicies.Read).WithTags("Health").WithName("Metrics").WithSummary("Metrics in Prometheus' text format").Produces<string>(StatusCodes.Status200OK, "text/plain");
        }
    }

    // Before the web server starts, so that no request goes unseen.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.ServeMetrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .AddMeter([.. OtlpExport.Meters, .. others.Select(other => other.Meter)])
                .AddView(BucketsOf)
                .AddReader(new BaseExportingMetricReader(_text))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _metrics?.Dispose();
        _text.Dispose();
    }

    private static MetricStreamConfiguration? BucketsOf(Instrument instrument) =>
        instrument is { Unit: "s" } and (Histogram<double> or Histogram<float>)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = s_seconds }
            : null;
}
