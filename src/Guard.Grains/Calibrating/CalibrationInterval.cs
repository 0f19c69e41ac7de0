using System.Globalization;

namespace Guard.Grains.Calibrating;

/// <summary>The interval whose calibration is due: work is keyed by it, so that repeating it does nothing new.</summary>
/// <param name="Start">When it began.</param>
public readonly record struct CalibrationInterval(DateTimeOffset Start)
{
    /// <summary>Gets the key, which sorts by time.</summary>
    public string Key => Start.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Gets the newest interval that is due.</summary>
    public static CalibrationInterval Due(DateTimeOffset now, CalibrationJobOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var since = (now - DateTimeOffset.UnixEpoch - options.At).Ticks;
        var ticks = since - (since % options.Every.Ticks);
        return new(DateTimeOffset.UnixEpoch + options.At + TimeSpan.FromTicks(ticks));
    }
}
