using Guard.Core.Clicks;

namespace Guard.Core.Watching.Slices;

/// <summary>The streams of one slice, and what has gathered for their next readings.</summary>
internal sealed class SliceSeries(Slice slice)
{
    private readonly string _clicks = OwnStreams.Of(slice, OwnStreams.Clicks);
    private readonly string _silence = OwnStreams.Of(slice, OwnStreams.Silence);
    private readonly string _ivr = OwnStreams.Of(slice, OwnStreams.Ivr);
    private readonly string _score = OwnStreams.Of(slice, OwnStreams.Score);
    private readonly string _fpr = OwnStreams.Of(slice, OwnStreams.Fpr);

    /// <summary>The newest interval with a click.</summary>
    public long LastInterval { get; set; }

    /// <summary>The clicks since the last reading of a rate.</summary>
    public long GatheredClicks { get; set; }

    public long GatheredInvalid { get; set; }

    public double GatheredScore { get; set; }

    /// <summary>The purchasing clicks up to the last reading of the FPR.</summary>
    public MaturedCounts Told { get; set; }

    public void Tell(long interval, long time, in IntervalCounts counts, in MaturedCounts matured, SliceMetricsOptions options, ICollection<TelemetryPoint> readings)
    {
        readings.Add(new TelemetryPoint(_clicks, time, [counts.Clicks]));
        LastInterval = counts.Clicks == 0 ? LastInterval : interval;
        var silence = TimeSpan.FromMilliseconds((interval - LastInterval) * EventGrid.IntervalLength);
        readings.Add(new TelemetryPoint(_silence, time, [silence < options.Silence ? 0 : silence.TotalMinutes]));
        if (counts.Clicks == 0)
        {
            readings.Add(new TelemetryPoint(_ivr, time, [double.NaN]));
            readings.Add(new TelemetryPoint(_score, time, [double.NaN]));
        }
        else
        {
            GatheredClicks += counts.Clicks;
            GatheredInvalid += counts.Invalid;
            GatheredScore += counts.ScoreSum;
            if (GatheredClicks >= options.RateClicks)
            {
                readings.Add(new TelemetryPoint(_ivr, time, [GatheredInvalid / (double)GatheredClicks]));
                readings.Add(new TelemetryPoint(_score, time, [GatheredScore / GatheredClicks]));
                (GatheredClicks, GatheredInvalid, GatheredScore) = (0, 0, 0);
            }
        }

        var purchased = matured.Purchased - Told.Purchased;
        if (purchased >= options.RatePurchases)
        {
            readings.Add(new TelemetryPoint(_fpr, time, [(matured.Invalid - Told.Invalid) / (double)purchased]));
            Told = matured;
        }
    }
}
