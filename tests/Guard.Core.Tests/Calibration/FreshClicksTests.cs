using MathNet.Numerics.Distributions;

using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

/// <summary>
/// What thresholds do to fresh clicks, exactly: the scores of <see cref="Traffic.Draw"/> have a known distribution, so that the
/// only chance left is that of the calibration sample.
/// </summary>
public sealed class FreshClicksTests
{
    private const int Draws = 20;
    private const double Shifts = 2;

    private static readonly string[] s_forty =
    [
        .. from device in new[] { "desktop", "mobile", "tablet", "tv" }
           from login in new[] { "in", "out" }
           from marketplace in new[] { "US", "DE", "GB", "FR", "JP" }
           select $"{device}/{login}/{marketplace}",
    ];

    [Theory]
    [InlineData(1, 3_000, .01, CalibrationMethod.Global)]
    [InlineData(1, 14_000, .01, CalibrationMethod.Slices)]
    [InlineData(40, 500, .01, CalibrationMethod.Global)]
    [InlineData(40, 500, .05, CalibrationMethod.Slices)]
    [InlineData(40, 2_000, .01, CalibrationMethod.Slices)]
    public void The_budget_holds_on_fresh_clicks_on_average(int slices, int clicks, double budget, CalibrationMethod method)
    {
        var expected = Fresh(slices, clicks, new CalibrationOptions { Budget = budget, Method = method });
        var error = MathNet.Numerics.Statistics.Statistics.StandardDeviation(expected.Select(fresh => fresh.Fpr)) / Math.Sqrt(Draws);
        var mean = expected.Average(fresh => fresh.Fpr);
        Assert.True(mean <= budget + 2 * error, $"{mean} ± {error}");
    }

    [Fact]
    public void A_budget_on_the_measured_FPR_is_broken_by_forty_slices()
    {
        var measured = Fresh(40, 2_000, new CalibrationOptions { Basis = BudgetBasis.Measured });
        Assert.True(measured.Average(fresh => fresh.Fpr) > .015);
    }

    [Fact]
    public void What_the_honest_budget_costs_is_little_and_slices_still_beat_the_global_threshold()
    {
        var slices = Fresh(40, 2_000, new CalibrationOptions());
        var global = Fresh(40, 2_000, new CalibrationOptions { Method = CalibrationMethod.Global });
        var measured = Fresh(40, 2_000, new CalibrationOptions { Method = CalibrationMethod.Global, Basis = BudgetBasis.Measured });
        Assert.True(slices.Average(fresh => fresh.Ivr) > global.Average(fresh => fresh.Ivr) + .008);
        Assert.Equal(measured.Average(fresh => fresh.Ivr), global.Average(fresh => fresh.Ivr), .005);
    }

    private static (double Fpr, double Ivr)[] Fresh(int slices, int clicks, CalibrationOptions options)
    {
        var result = new (double Fpr, double Ivr)[Draws];
        Parallel.For(0, Draws, draw =>
        {
            var random = new Random(draw);
            var traffic = new Traffic();
            for (var slice = 0; slice < slices; slice++)
            {
                traffic.Draw(random, s_forty[slice], clicks, Shifts * slice / slices);
            }

            var set = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m");
            for (var slice = 0; slice < slices; slice++)
            {
                double threshold = set.ThresholdOf(Traffic.Leaf(s_forty[slice]));
                var logOdds = threshold < 1 ? Math.Log(threshold / (1 - threshold)) - Shifts * slice / slices : double.PositiveInfinity;
                var (humans, robots) = (Normal.CDF(0, 1, -(logOdds + 2) / 1.2), Normal.CDF(0, 1, -(logOdds - 2) / 1.2));
                result[draw].Fpr += humans / slices;
                result[draw].Ivr += (.7 * humans + .3 * robots) / slices;
            }
        });
        return result;
    }
}
