using System.Globalization;

namespace Guard.Grains.Ingest;

/// <summary>Where rejected events are kept: <c>quarantine/{day}/{name}</c>, so that a listing, which is in ordinal order, begins with the oldest.</summary>
internal static class QuarantinePath
{
    /// <summary>The folder of all of them.</summary>
    public const string Folder = "quarantine";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Gets the path of rows that came in by a moment, in the day of UTC in which that is.</summary>
    public static string Of(DateTimeOffset arrived, string name) => $"{Folder}/{arrived.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture)}/{name}";

    /// <summary>Gets when the day of a path is over, or <see langword="null"/> where it names none, as an earlier build wrote it.</summary>
    public static DateTimeOffset? EndOf(string path)
    {
        var day = path.AsSpan(Folder.Length + 1);
        return DateTime.TryParseExact(day[..Math.Max(day.IndexOf('/'), 0)], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
            ? new DateTimeOffset(begin, TimeSpan.Zero).AddDays(1)
            : null;
    }
}
