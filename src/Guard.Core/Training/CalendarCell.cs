namespace Guard.Core.Training;

/// <summary>The combination of hour, weekday, login and label that a click's weight depends on.</summary>
internal static class CalendarCell
{
    public const int Hours = 24;
    public const int Weekdays = 7;
    public const int Count = Hours * Weekdays * 2 * 2;
    private const long HourMilliseconds = 3_600_000;

    /// <summary>The sizes of the four dimensions, from the slowest.</summary>
    public static ReadOnlySpan<int> Sizes => [Hours, Weekdays, 2, 2];

    public static string[] Names { get; } = ["hour", "weekday", "login", "label"];

    /// <summary>Gets the calendar cycle whose parts are a dimension's categories; zero for login and label.</summary>
    public static TimeSpan Cycle(int dimension) => dimension switch
    {
        0 => TimeSpan.FromDays(1),
        1 => TimeSpan.FromDays(Weekdays),
        _ => TimeSpan.Zero,
    };

    /// <summary>Gets the UTC hour, 0 to 23, of a time in Unix milliseconds.</summary>
    public static int Hour(long time) => (int)Modulo((time - Modulo(time, HourMilliseconds)) / HourMilliseconds, Hours);

    /// <summary>Gets the UTC weekday of a time in Unix milliseconds, 0 for Monday.</summary>
    public static int Weekday(long time)
    {
        const long day = Hours * HourMilliseconds;

        // 1970-01-01 was a Thursday.
        return (int)Modulo((time - Modulo(time, day)) / day + 3, Weekdays);
    }

    public static int Of(long time, bool loggedIn, WeakLabel label) =>
        ((Hour(time) * Weekdays + Weekday(time)) * 2 + (loggedIn ? 1 : 0)) * 2 + (label == WeakLabel.Human ? 1 : 0);

    /// <summary>Gets a cell's category along one dimension.</summary>
    public static int Category(int cell, int dimension) => dimension switch
    {
        0 => cell / (Weekdays * 4),
        1 => cell / 4 % Weekdays,
        2 => cell / 2 % 2,
        _ => cell % 2,
    };

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
