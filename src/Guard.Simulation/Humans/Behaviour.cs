using Guard.Core.Clicks;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>How a person behaves in a session; every constant is a choice of this simulator.</summary>
internal static class Behaviour
{
    public const int MostClicks = 60;
    private const double LongestGapSeconds = 29 * 60;

    /// <summary>The strength of the planted shift for a device at a time.</summary>
    public static double Shift(Scenario scenario, DeviceType device, long time) =>
        device == DeviceType.Mobile && scenario.MobileShift is { } shift
            && time >= scenario.Start.ToUnixTimeMilliseconds() + shift.StartDay * 86_400_000L
            ? shift.Strength
            : 0;

    /// <summary>The exponent of the tail of clicks per session: about 1.75 clicks on average without a shift.</summary>
    public static double ClickShape(double shift) => 1.9 - 0.4 * shift;

    /// <summary>The mean number of clicks per session.</summary>
    public static double MeanClicks(double shape) => Enumerable.Range(1, MostClicks).Sum(n => Math.Pow(n, -shape));

    /// <summary>The median gap between two clicks of a session.</summary>
    public static double GapSeconds(double shift) => 45 * Math.Exp(-1.3 * shift);

    /// <summary>The share of a phone's sessions that go through its carrier's gateway.</summary>
    public static double CarrierShare(double shift) => 0.25 + 0.5 * shift;

    public static double PurchaseFactor(double shift) => 1 - 0.6 * shift;

    /// <summary>Seconds between two clicks of a session: log-normal, with an accidental double click now and then.</summary>
    public static double Gap(ref SeededRandom random, double median) =>
        random.Chance(0.03) ? random.Uniform(0.15, 1.2) : Math.Clamp(random.LogNormal(median, 1.1), 0.4, LongestGapSeconds);
}
