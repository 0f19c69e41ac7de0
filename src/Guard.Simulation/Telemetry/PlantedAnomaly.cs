namespace Guard.Simulation.Telemetry;

/// <summary>An anomaly of a stream, from <paramref name="Start"/> to before <paramref name="End"/> in Unix milliseconds.</summary>
internal readonly record struct PlantedAnomaly(long Start, long End, string Kind)
{
    public const string Spike = "spike";
    public const string Dip = "dip";
    public const string Flat = "flat";
    public const string Noise = "noise";
    public const string LevelShift = "level-shift";

    public static IReadOnlyList<string> Kinds { get; } = [Spike, Dip, Flat, Noise];
}
