using Guard.Core.Clicks;

namespace Guard.Core.Tests.Watching.Streams;

/// <summary>Readings of streams that now and then leave what is usual.</summary>
internal static class Spikes
{
    public const long Start = 1_767_225_600_000;
    public const long Step = 300_000;

    /// <summary>Draws noise in turn for each stream, with a spike every 400 rows from row 300 on.</summary>
    public static IEnumerable<TelemetryPoint> Of(int streams, int rows, int seed = 1)
    {
        var random = new Random(seed);
        for (var row = 0; row < rows; row++)
        {
            for (var stream = 0; stream < streams; stream++)
            {
                var spikes = row >= 300 && (row + 50 * stream) % 400 < 5;
                yield return new TelemetryPoint($"stream-{stream}", Start + row * Step, [10 + random.NextDouble() + (spikes ? 30 * (1 + row / 400) : 0)]);
            }
        }
    }
}
