namespace Guard.Core.Features;

/// <summary>Points on the unit circle for the minute of the day and the day of the week, in UTC.</summary>
internal static class CalendarCircle
{
    private const long Minute = 60_000;
    private const long Day = 86_400_000;
    private static readonly (float Sine, float Cosine)[] s_minutes = Points(1440);
    private static readonly (float Sine, float Cosine)[] s_days = Points(7);

    public static (float Sine, float Cosine) OfDay(long time) => s_minutes[FloorMod(time, Day) / Minute];

    /// <summary>Monday lies at angle 0; 1970-01-01 was a Thursday.</summary>
    public static (float Sine, float Cosine) OfWeek(long time) => s_days[FloorMod(time + 3 * Day, 7 * Day) / Day];

    private static long FloorMod(long value, long modulus) => ((value % modulus) + modulus) % modulus;

    private static (float Sine, float Cosine)[] Points(int count)
    {
        var points = new (float Sine, float Cosine)[count];
        for (var i = 0; i < count; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * i / count);
            points[i] = ((float)sine, (float)cosine);
        }

        return points;
    }
}
