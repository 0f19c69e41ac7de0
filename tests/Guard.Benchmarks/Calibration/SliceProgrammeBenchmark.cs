using BenchmarkDotNet.Attributes;

using Guard.Core.Calibration;

namespace Guard.Benchmarks.Calibration;

/// <summary>The slice programme over 10,000 slices whose budget binds.</summary>
[MemoryDiagnoser]
public class SliceProgrammeBenchmark
{
    private ProgrammeSlice[] _slices = [];

    /// <summary>How the slices' curves are given.</summary>
    public enum Curves
    {
        /// <summary>All quadratic.</summary>
        Quadratic = 0,

        /// <summary>All hulls of 20 corners or so.</summary>
        Hull = 1,

        /// <summary>Half and half.</summary>
        Mixed = 2,
    }

    /// <summary>Gets or sets the kind of curves.</summary>
    [Params(Curves.Quadratic, Curves.Hull, Curves.Mixed)]
    public Curves Kind { get; set; }

    /// <summary>Draws the slices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _slices = new ProgrammeSlice[10_000];
        for (var i = 0; i < _slices.Length; i++)
        {
            var hull = Kind == Curves.Hull || (Kind == Curves.Mixed && i % 2 == 0);
            _slices[i] = new ProgrammeSlice(
                2e-4 * random.NextDouble(),
                2e-4 * random.NextDouble(),
                hull ? Hull(random) : new ConcaveQuadratic(-2 - 20 * random.NextDouble(), 1 + 3 * random.NextDouble(), .1),
                .005 * random.NextDouble(),
                .3);
        }
    }

    /// <summary>Solves the programme.</summary>
    [Benchmark]
    public ProgrammeSolution Solve() => SliceProgramme.Solve(_slices, .03);

    private static ConcaveHull Hull(Random random)
    {
        var (x, y) = (new double[21], new double[21]);
        var steepness = 3 + 10 * random.NextDouble();
        for (var i = 1; i < x.Length; i++)
        {
            x[i] = x[i - 1] + .03 * random.NextDouble();
            y[i] = 1 - Math.Exp(-steepness * x[i]);
        }

        return ConcaveHull.Of(x, y);
    }
}
