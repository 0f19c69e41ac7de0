using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Guard.Server.Telemetry;

/// <summary>Writes metrics in Prometheus' text format 0.0.4 whenever it is asked to.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Collects and writes everything.</summary>
    /// <exception cref="InvalidOperationException">Not everything could be collected in time.</exception>
    public string Write(TimeSpan patience)
    {
        lock (_gate)
        {
            _text.Clear();
            return Collect!((int)patience.TotalMilliseconds) ? _text.ToString() : throw new InvalidOperationException("The metrics could not be collected in time.");
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Instruments of one name on several meters are one metric, whose lines stand together.
        var metrics = new List<(string Name, Metric Metric)>();
        foreach (var metric in batch)
        {
            metrics.Add((NameOf(metric), metric));
        }

        var last = "";
        foreach (var (name, metric) in metrics.OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            var (isCounter, isHistogram) = (IsCounter(metric), metric.MetricType == MetricType.Histogram);
            if (name != last)
            {
                last = name;
                _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace("\\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('\n');
                _text.Append("# TYPE ").Append(name).Append(isCounter ? " counter" : isHistogram ? " histogram" : " gauge").Append('\n');
            }

            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                if (isHistogram)
                {
                    Histogram(name, metric.MeterName, in point);
                }
                else
                {
                    Line(name, "", metric.MeterName, in point, null, metric.MetricType switch
                    {
                        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
                        MetricType.LongGauge => point.GetGaugeLastValueLong(),
                        _ => point.GetGaugeLastValueDouble(),
                    });
                }
            }
        }

        return ExportResult.Success;
    }

    private static bool IsCounter(Metric metric) => metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;

    private static string NameOf(Metric metric) =>
        PrometheusName.Of(metric.Name, metric.Unit, IsCounter(metric), metric.MetricType is not (MetricType.LongSum or MetricType.DoubleSum or MetricType.Histogram));

    private void Histogram(string name, string meter, in MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Line(name, "_bucket", meter, in point, double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture), below);
        }

        Line(name, "_sum", meter, in point, null, point.GetHistogramSum());
        Line(name, "_count", meter, in point, null, point.GetHistogramCount());
    }

    private void Line(string name, string part, string meter, in MetricPoint point, string? bound, double value)
    {
        _text.Append(name).Append(part);
        var separator = '{';
        Label("otel_scope_name", meter);
        foreach (var tag in point.Tags)
        {
            Label(PrometheusName.Escape(tag.Key), Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
        }

        if (bound is not null)
        {
            Label("le", bound);
        }

        _text.Append("} ").Append(Number(value)).Append('\n');

        void Label(string label, string text)
        {
            _text.Append(separator).Append(label).Append("=\"");
            _text.Append(text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
