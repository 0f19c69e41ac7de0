using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

/// <summary>Random feasible programmes: quadratics and hulls, some slices that pay nothing, floors that bind.</summary>
internal static class RandomProgramme
{
    public static (ProgrammeSlice[] Slices, double Budget) Draw(Random random)
    {
        var slices = new ProgrammeSlice[random.Next(1, 7)];
        for (var i = 0; i < slices.Length; i++)
        {
            var lower = random.Next(3) == 0 ? .05 * random.NextDouble() : 0;
            var upper = lower + .01 + .3 * random.NextDouble();
            slices[i] = new ProgrammeSlice(
                random.NextDouble() / slices.Length,
                random.Next(8) == 0 ? 0 : random.NextDouble() / slices.Length,
                random.Next(2) == 0 ? Quadratic(random) : Hull(random),
                lower,
                upper);
        }

        return (slices, slices.Sum(slice => slice.PurchasingShare * slice.Lower) + .1 * random.NextDouble());
    }

    private static ConcaveQuadratic Quadratic(Random random) => new(-.5 - 20 * random.NextDouble(), 4 * random.NextDouble(), .1 * random.NextDouble());

    private static ConcaveHull Hull(Random random)
    {
        var n = random.Next(2, 12);
        var (x, y) = (new double[n], new double[n]);
        for (var i = 1; i < n; i++)
        {
            // Steps of quarters make equal slopes, and so ties, common.
            x[i] = x[i - 1] + .05;
            y[i] = y[i - 1] + .05 * random.Next(0, 8) / 4.0;
        }

        return ConcaveHull.Of(x, y);
    }
}
