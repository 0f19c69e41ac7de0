namespace Guard.Core.Counters;

/// <summary>The first 10 s tile of each of the four windows that end with a newest tile.</summary>
internal readonly record struct WindowStarts(int Minute, int TenMinutes, int Hour, int Day)
{
    public static WindowStarts At(int newestTile) => new(
        newestTile - 5,
        (newestTile / Tiles.PerMinute - 9) * Tiles.PerMinute,
        (newestTile / Tiles.PerFiveMinutes - 11) * Tiles.PerFiveMinutes,
        (newestTile / Tiles.PerHour - 23) * Tiles.PerHour);
}
