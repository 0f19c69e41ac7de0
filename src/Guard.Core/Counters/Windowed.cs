namespace Guard.Core.Counters;

/// <summary>One value for each of the four windows, in event time.</summary>
/// <remarks>
/// A window is a ring of tiles that ends with the tile of the key's newest click, so it spans its nominal length less at
/// most one tile: a minute of six 10 s tiles, ten minutes of ten 1 min tiles, an hour of twelve 5 min tiles, a day of
/// twenty-four 1 h tiles. The lengths are Guard's own: no source publishes those of a production system.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="Minute">The value in the last minute.</param>
/// <param name="TenMinutes">The value in the last ten minutes.</param>
/// <param name="Hour">The value in the last hour.</param>
/// <param name="Day">The value in the last 24 hours.</param>
public readonly record struct Windowed<T>(T Minute, T TenMinutes, T Hour, T Day)
    where T : struct;
