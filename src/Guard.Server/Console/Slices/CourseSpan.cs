namespace Guard.Server.Console.Slices;

/// <summary>How much of a course a page shows.</summary>
/// <param name="Key">What the address says.</param>
/// <param name="Name">What the page says.</param>
/// <param name="Length">Its length, which ends with the newest click.</param>
public sealed record CourseSpan(string Key, string Name, TimeSpan Length)
{
    /// <summary>Gets the choices.</summary>
    public static IReadOnlyList<CourseSpan> All { get; } =
        [new("6h", "6 hours", TimeSpan.FromHours(6)), new("24h", "24 hours", TimeSpan.FromHours(24)), new("7d", "7 days", TimeSpan.FromDays(7))];

    /// <summary>Finds a span by its key; a day where there is no such.</summary>
    public static CourseSpan Of(string? key) => All.FirstOrDefault(span => span.Key == key, All[1]);
}
