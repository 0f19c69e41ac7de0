using System.Globalization;

namespace Guard.Grains.Ingest;

/// <summary>Where rejected events are kept: <c>quarantine/{day}/{name}</c>, so that a listing, which is in ordinal order, begins with the oldest.</summary>
internal static class QuarantinePath
{
    /// <summary>The folder of all of them.</summary>
    public const string Folder = "quarantine";

    private const string DayFormat = "yyyy-MM-dd";

    // A hub may tell any number: none before and after is a day in which rows came.
    private static readonly long s_first = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long s_end = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Gets the path of rows that came in by a moment, in the day of UTC in which that is; without a day where it is no such moment.</summary>
    /// <param name="arrived">The moment, in Unix milliseconds.</param>
    /// <param name="name">What follows the day: digits, separators, an ending.</param>
    public static string Of(long arrived, string name) => arrived >= s_first && arrived < s_end
        ? $"{Folder}/{DateTimeOffset.FromUnixTimeMilliseconds(arrived).UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture)}/{name}"
        : $"{Folder}/{name}";

    /// <summary>Gets when the day of a path is over, or <see langword="null"/> where it names none.</summary>
    public static DateTimeOffset? EndOf(string path)
    {
        var day = path.AsSpan(Folder.Length + 1);
        return DateTime.TryParseExact(day[..Math.Max(day.IndexOf('/'), 0)], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
            ? new DateTimeOffset(begin, TimeSpan.Zero).AddDays(1)
            : null;
    }
}
