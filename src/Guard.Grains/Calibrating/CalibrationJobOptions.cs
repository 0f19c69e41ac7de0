using Guard.Core.Calibration;

namespace Guard.Grains.Calibrating;

/// <summary>When and how thresholds are calibrated anew. The defaults are Guard's own.</summary>
public sealed record CalibrationJobOptions
{
    /// <summary>Gets or sets how often, from 10 min to 30 days. Default: 1 day.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets how long after an interval's beginning, in UTC counted from the epoch, the work is due, in [0, <see cref="Every"/>). Default: 3 h, which is three in the morning for a daily one.</summary>
    public TimeSpan At { get; set; } = TimeSpan.FromHours(3);

    /// <summary>Gets or sets how old a click must be, at the interval's beginning, for its purchases to have come. Default: 2 days.</summary>
    public TimeSpan Maturity { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Gets or sets how much traffic, before maturity, makes the sample. Default: 7 days.</summary>
    public TimeSpan Span { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets or sets what calibration promises.</summary>
    public CalibrationOptions Calibration { get; set; } = new();

    /// <summary>Gets or sets the bounds outside of which new thresholds are not put in force.</summary>
    public CalibrationBounds Bounds { get; set; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(Every >= TimeSpan.FromMinutes(10) && Every <= TimeSpan.FromDays(30), nameof(Every), "10 min to 30 days");
        Require(At >= TimeSpan.Zero && At < Every, nameof(At), "0 up to the interval's length");
        Require(Maturity >= TimeSpan.Zero && Maturity <= TimeSpan.FromDays(60), nameof(Maturity), "0 to 60 days");
        Require(Span >= TimeSpan.FromMinutes(10) && Span <= TimeSpan.FromDays(365), nameof(Span), "10 min to 365 days");
        Require(Calibration.Problem() is null, nameof(Calibration), Calibration.Problem() ?? "");
        Bounds.Validate();
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The calibration option {name} is out of range: give {range}.", name);
        }
    }
}
