namespace Guard.Core.Watching.Slices;

/// <summary>How slice tallies cut event time: five minutes over the last day, hours over the week before, UTC days for scores.</summary>
/// <remarks>Everything is measured back from the hour and the day of the newest click.</remarks>
internal static class EventGrid
{
    public const long IntervalLength = 300_000;
    public const long HourLength = 3_600_000;
    public const long DayLength = 86_400_000;
    public const int IntervalsInHour = 12;

    /// <summary>The newest hour and the 24 before it are kept in intervals of five minutes.</summary>
    public const int FineHours = 25;

    public const int FineSlots = FineHours * IntervalsInHour;

    /// <summary>The hours before those, which make a week with them.</summary>
    public const int CoarseHours = 144;

    /// <summary>The newest day and the six before it have a histogram of scores.</summary>
    public const int Days = 7;

    public const int ScoreBins = 128;

    public static long Interval(long time) => (long)((ulong)time / (ulong)IntervalLength);

    public static int Hour(long time) => (int)((ulong)time / (ulong)HourLength);

    public static int Day(long time) => (int)((ulong)time / (ulong)DayLength);

    public static int Bin(float score) => Math.Clamp((int)(score * ScoreBins), 0, ScoreBins - 1);
}
