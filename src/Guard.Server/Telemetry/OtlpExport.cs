using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Guard.Server.Telemetry;

/// <summary>Sends metrics and traces over OTLP where an endpoint is configured, and does nothing otherwise.</summary>
internal sealed class OtlpExport(GuardServerOptions options, IEnumerable<TelemetrySource> others) : IHostedLifecycleService, IDisposable
{
    /// <summary>What is told, beside what a <see cref="TelemetrySource"/> adds.</summary>
    public static readonly string[] Meters =
        ["Guard.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    // Before the web server starts, so that no request goes unseen.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.OtlpEndpoint is { } endpoint)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("guard", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter([.. Meters, .. others.Select(other => other.Meter)])
                .AddView(BucketsOf)
                .AddOtlpExporter((exporter, reader) =>
                {
                    Configure(exporter, endpoint, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricInterval.TotalMilliseconds;
                })
                .Build();
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
                .AddSource(["Guard.*", "Microsoft.AspNetCore", .. others.Select(other => other.Source)])
                .AddProcessor(new SpanPrivacy())
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What is still held goes out, as long as the exporter's own time limit allows.
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        (_traces, _metrics) = (null, null);
    }

    // The default buckets are made for milliseconds, and Guard measures seconds and counts: exponential ones fit any unit.
    private static MetricStreamConfiguration? BucketsOf(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("Guard.", StringComparison.Ordinal) && instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>)
            ? new Base2ExponentialBucketHistogramConfiguration()
            : null;

    private void Configure(OtlpExporterOptions exporter, Uri endpoint, string path)
    {
        exporter.Protocol = options.OtlpOverGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.OtlpOverGrpc ? endpoint : new Uri(new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"), path);
    }
}
