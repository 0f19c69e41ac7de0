using System.Diagnostics.Metrics;
using Guard.Grains.Ingest;

namespace Guard.Grains.Scoring;

/// <summary>How old that is by which a silo decides, on the meter <see cref="IngestInstruments.MeterName"/>.</summary>
internal sealed class PolicyInstruments
{
    public PolicyInstruments(IMeterFactory meters, PolicyCache policies, TimeProvider time)
    {
        var meter = meters.Create(IngestInstruments.MeterName);
        Observe("guard.model.age", "How long ago the clicks ended that the model in force was trained on.", () => policies.Version?.Model.SpanEnd);
        Observe("guard.thresholds.age", "How long ago the clicks ended that the thresholds in force were calibrated on.", () => policies.Version?.Policy.Thresholds.Calibration.To);
        Observe("guard.policy.check.age", "How long ago it was last found that no newer model and thresholds are in force.", () => policies.Checked);

        // Before the first policy there is no age.
        void Observe(string name, string description, Func<DateTimeOffset?> at) => meter.CreateObservableGauge(
            name, () => at() is { } known ? [new Measurement<double>((time.GetUtcNow() - known).TotalSeconds)] : Array.Empty<Measurement<double>>(), "s", description);
    }
}
