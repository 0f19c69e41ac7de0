using System.Buffers;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;

namespace Guard.Core.Tests.Watching.Slices;

/// <summary>Decided clicks and purchases drawn from a seed, and what a tally of them should say.</summary>
internal static class SlicePlay
{
    public const long Start = 1_767_225_600_000; // 2026-01-01, a Thursday
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static readonly Slice Phone = Slice.Parse("mobile/in/DE");
    public static readonly Slice Desk = Slice.Parse("desktop/out/US");

    private static readonly Slice[] s_leaves = [Phone, Slice.Parse("mobile/in/FR"), Slice.Parse("mobile/out/DE"), Desk];

    public static ThresholdSet Thresholds { get; } = Calibrate();

    public static (Click Click, Decision Decision)[] Drawn(int seed, int count, long step, long lateness)
    {
        var random = new Random(seed);
        var clicks = new (Click, Decision)[count];
        for (var row = 0; row < count; row++)
        {
            var score = random.NextSingle();
            var click = new Click { Time = Start + row * step - (random.Next(10) == 0 ? random.NextInt64(lateness) : 0), Id = (ulong)random.NextInt64() };
            clicks[row] = (click, new Decision { Slice = s_leaves[random.Next(s_leaves.Length)], Score = score, Verdict = score > .8 ? Verdict.SophisticatedInvalid : Verdict.Valid });
        }

        return clicks;
    }

    public static void Add(SliceTallies tallies, ReadOnlySpan<(Click Click, Decision Decision)> clicks)
    {
        var rows = new Click[clicks.Length];
        var decisions = new Decision[clicks.Length];
        for (var row = 0; row < clicks.Length; row++)
        {
            (rows[row], decisions[row]) = clicks[row];
        }

        tallies.Add(rows, decisions);
    }

    public static Purchase Purchase(ulong click) => new(Start, click, 0, 1, 1);

    public static byte[] Saved(Action<IBufferWriter<byte>> save)
    {
        var bytes = new ArrayBufferWriter<byte>();
        save(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static ThresholdSet Calibrate()
    {
        var scores = new float[400];
        var purchasing = new bool[400];
        var facts = new ClickFacts[400];
        for (var row = 0; row < scores.Length; row++)
        {
            (scores[row], purchasing[row]) = (row / 400f, row % 4 == 0);
            facts[row] = ClickFacts.Of(new Click { Time = Start + row, User = (ulong)row + 1, Device = DeviceType.Mobile, Traits = ClickTraits.LoggedIn, Marketplace = Marketplace.Parse("DE") });
        }

        return ThresholdCalibrator.Calibrate(new CalibrationSample(scores, purchasing, facts), new CalibrationOptions { Budget = .4, MinimumPurchasing = 20 }, "test");
    }
}
