using System.Globalization;

namespace Guard.Benchmarks.Load;

/// <summary>What a stretch of load came to.</summary>
/// <param name="Rate">The rate asked for, in requests a second; infinite where requests followed each other without pause.</param>
/// <param name="Elapsed">How long it took until the last answer.</param>
/// <param name="Latencies">From when a request was due to its answer.</param>
/// <param name="Minutes">The same minute by minute.</param>
/// <param name="Slow">When answers took long.</param>
/// <param name="Refused">How many requests were answered with another status than 200.</param>
/// <param name="Early">How many clicks got their decision before they were durable, since the disk was late.</param>
/// <param name="Dropped">Whether it was given up, since requests waited for too long.</param>
internal sealed record LoadResult(double Rate, TimeSpan Elapsed, LatencyHistogram Latencies, Minutes Minutes, SlowStretches Slow, long Refused, long Early, bool Dropped)
{
    /// <summary>Gets the requests answered with success a second.</summary>
    public double Achieved => (Latencies.Count - Refused) / Elapsed.TotalSeconds;

    /// <summary>Gets whether the rate was held: nothing refused, and nothing behind at the end.</summary>
    public bool Held => !Dropped && Refused == 0 && Achieved >= .98 * Rate;

    /// <summary>Writes the rate and the percentiles as one line.</summary>
    /// <param name="each">How many clicks a request holds.</param>
    public string Line(int each) => string.Create(CultureInfo.InvariantCulture,
        $"{(double.IsInfinity(Rate) ? "unpaced" : (Rate * each).ToString("N0", CultureInfo.InvariantCulture)),12} {Achieved * each,12:N0} {Latencies.Percentile(.5).TotalMilliseconds,10:N2} {Latencies.Percentile(.99).TotalMilliseconds,10:N2} {Latencies.Percentile(.999).TotalMilliseconds,10:N2} {Latencies.Greatest.TotalMilliseconds,10:N2} {Refused,8}{(Held || double.IsInfinity(Rate) ? "" : "  not held")}");

    /// <summary>Gets the line above such lines.</summary>
    public static string Header => "  clicks/s asked     done     p50 ms     p99 ms   p99.9 ms     max ms  refused";
}
