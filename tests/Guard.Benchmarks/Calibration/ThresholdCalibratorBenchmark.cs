using BenchmarkDotNet.Attributes;

using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Benchmarks.Calibration;

/// <summary>The whole of calibration over a million clicks in 120 leaves: sessions, sorting, curves, fits, programme, document.</summary>
[MemoryDiagnoser]
public class ThresholdCalibratorBenchmark
{
    private const int Clicks = 1_000_000;

    private readonly float[] _scores = new float[Clicks];
    private readonly bool[] _purchasing = new bool[Clicks];
    private readonly ClickFacts[] _facts = new ClickFacts[Clicks];

    /// <summary>Gets or sets the method.</summary>
    [Params(CalibrationMethod.Slices, CalibrationMethod.Global)]
    public CalibrationMethod Method { get; set; }

    /// <summary>Draws the clicks.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Clicks; i++)
        {
            var robot = random.NextDouble() < .3;
            var slice = Slice.Leaf((DeviceType)random.Next(1, 5), random.Next(2) == 0, Marketplace.FromCode(1 + random.Next(15)));
            var logOdds = (robot ? 2 : -2) + slice.Code % 3 + 4 * (random.NextDouble() + random.NextDouble() - 1);
            _scores[i] = (float)(1 / (1 + Math.Exp(-logOdds)));
            _purchasing[i] = !robot && random.NextDouble() < .1;
            var session = robot ? (ulong)random.Next(1, 10_000) : (ulong)random.Next(10_000, 400_000);
            _facts[i] = new ClickFacts(1_767_225_600_000 + i * 86L, (ulong)i, session, session, 0, slice, false);
        }
    }

    /// <summary>Calibrates.</summary>
    [Benchmark]
    public ThresholdSet Calibrate() =>
        ThresholdCalibrator.Calibrate(new CalibrationSample(_scores, _purchasing, _facts), new CalibrationOptions { Method = Method }, "benchmark");
}
