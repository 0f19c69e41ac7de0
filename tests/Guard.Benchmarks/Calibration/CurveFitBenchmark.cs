using BenchmarkDotNet.Attributes;

using Guard.Core.Calibration;

namespace Guard.Benchmarks.Calibration;

/// <summary>From the empirical curves of 10,000 slices to their FPRs: fits or hulls, then the programme.</summary>
[MemoryDiagnoser]
public class CurveFitBenchmark
{
    private const double Range = .05;
    private readonly IvrFprCurve[] _curves = new IvrFprCurve[10_000];
    private IvrFprCurve? _all;

    /// <summary>Gets or sets the clicks of each slice, of which about one in ten purchases.</summary>
    [Params(1_000, 4_000)]
    public int Clicks { get; set; }

    /// <summary>Draws the curves.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        const int Pooled = 100;
        var (allScores, allPurchasing) = (new float[Pooled * Clicks], new bool[Pooled * Clicks]);
        var (scores, purchasing) = (new float[Clicks], new bool[Clicks]);
        for (var curve = 0; curve < _curves.Length; curve++)
        {
            var shift = random.NextDouble();
            for (var i = 0; i < Clicks; i++)
            {
                var robot = random.NextDouble() < .3;
                var logOdds = (robot ? 1 : -1) + shift + 4 * (random.NextDouble() + random.NextDouble() - 1);
                scores[i] = (float)(1 / (1 + Math.Exp(-logOdds)));
                purchasing[i] = i == 0 || (!robot && random.NextDouble() < .15);
            }

            _curves[curve] = IvrFprCurve.Of(scores, purchasing, []);
            if (curve < Pooled)
            {
                scores.CopyTo(allScores, curve * Clicks);
                purchasing.CopyTo(allPurchasing, curve * Clicks);
            }
        }

        _all = IvrFprCurve.Of(allScores, allPurchasing, []);
    }

    /// <summary>Fits and solves.</summary>
    [Benchmark]
    public ProgrammeSolution FitAndSolve()
    {
        var share = 1.0 / _curves.Length;
        var pool = CurveFit.Pool(_all!, Range, 1);
        var slices = Array.ConvertAll(_curves, curve => new ProgrammeSlice(share, share, CurveFit.Of(curve, Range, 1, pool, 1, .1), 0, Range));
        return SliceProgramme.Solve(slices, .01);
    }
}
