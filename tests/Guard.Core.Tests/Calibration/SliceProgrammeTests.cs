using FsCheck;
using FsCheck.Fluent;

using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

public sealed class SliceProgrammeTests
{
    private static readonly double[] s_upper = [.10, .15, .12];

    // T1 to T3 were found by a grid search over three slices with a = (−20, −10, −4), b = (4, 3, 1), c = (.02, .05, .10),
    // w = (.5, .3, .2), v = (.3, .5, .2), independently of the KKT conditions.
    [Theory]
    [InlineData("T1", .005, .005, .005, .05, 1.212996, .081805, .048917, .005, .179516)]
    [InlineData("T2, a floor binds", .005, .005, .05, .05, 1.407942, .078881, .032671, .05, .174742)]
    [InlineData("T3, slack", .005, .005, .005, .30, 0, .10, .15, .12, .224980)]
    public void The_three_slice_cases_match_a_grid_search(
        string name, double l1, double l2, double l3, double budget, double price, double x1, double x2, double x3, double ivr)
    {
        var solution = SliceProgramme.Solve(ThreeSlices(l1, l2, l3), budget);
        Assert.True(solution.Feasible, name);
        Assert.Equal(price, solution.Price, 5e-5);
        Assert.Equal(x1, solution.Fpr[0], 5e-5);
        Assert.Equal(x2, solution.Fpr[1], 5e-5);
        Assert.Equal(x3, solution.Fpr[2], 5e-5);
        Assert.Equal(ivr, solution.TotalIvr, 5e-5);
        Assert.Empty(solution.Shortfalls);
    }

    [Fact]
    public void The_first_case_beats_the_same_rate_everywhere()
    {
        var slices = ThreeSlices(.005, .005, .005);
        var even = slices.Sum(slice => slice.ClickShare * slice.Curve.Value(.05));
        Assert.Equal(.1655, even, 5e-5);
        Assert.True(SliceProgramme.Solve(slices, .05).TotalIvr > even + .01);
    }

    [Fact]
    public void A_slack_budget_is_not_spent_for_its_own_sake()
    {
        Assert.Equal(.129, SliceProgramme.Solve(ThreeSlices(.005, .005, .005), .30).TotalFpr, 5e-5);
    }

    // T4 of the same set: no division of .05 meets three floors of .06, which need .06 together.
    [Fact]
    public void Floors_past_the_budget_are_infeasible_and_each_is_named_with_its_lack()
    {
        var solution = SliceProgramme.Solve(ThreeSlices(.06, .06, .06), .05);
        Assert.False(solution.Feasible);
        Assert.Equal(.06, solution.TotalFpr, 1e-12);
        Assert.Equal([0, 1, 2], solution.Shortfalls.Select(floor => floor.Index));
        Assert.All(solution.Shortfalls, floor => Assert.Equal(.01, floor.Missing, 1e-12));
        Assert.Empty(solution.Fpr);
    }

    [Fact]
    public void Only_the_floors_above_the_affordable_level_are_named()
    {
        // .3·.01 + .5·t + .2·t = .05 at t = .047 / .7.
        var solution = SliceProgramme.Solve(ThreeSlices(.01, .10, .07), .05);
        Assert.False(solution.Feasible);
        Assert.Equal([1, 2], solution.Shortfalls.Select(floor => floor.Index));
        Assert.All(solution.Shortfalls, floor => Assert.Equal(.047 / .7, floor.Attainable, 1e-12));
    }

    [Fact]
    public void Floors_that_cost_exactly_the_budget_are_feasible()
    {
        var solution = SliceProgramme.Solve(ThreeSlices(.05, .05, .05), .05);
        Assert.True(solution.Feasible);
        Assert.All(solution.Fpr, x => Assert.Equal(.05, x, 1e-12));
    }

    [Fact]
    public void A_marginal_segment_is_filled_just_as_far_as_the_budget_goes()
    {
        // Slopes 4 then 1, and 2 then .5: the budget pays for the first segments and half of the third best.
        var first = ConcaveHull.Of([0, .1, .3], [0, .4, .6]);
        var second = ConcaveHull.Of([0, .1, .3], [0, .2, .3]);
        ProgrammeSlice[] slices = [new(.5, .5, first, 0, .3), new(.5, .5, second, 0, .3)];
        var solution = SliceProgramme.Solve(slices, .15);
        Assert.Equal(.2, solution.Fpr[0], 1e-12);
        Assert.Equal(.1, solution.Fpr[1], 1e-12);
        Assert.Equal(1, solution.Price, 1e-12);
        Assert.Equal(.15, solution.TotalFpr, 1e-15);
    }

    [Fact]
    public void A_slice_that_pays_nothing_takes_its_best_rate_and_one_without_clicks_its_floor()
    {
        var curve = new ConcaveQuadratic(-10, 2, 0);
        ProgrammeSlice[] slices = [new(.5, 0, curve, 0, 1), new(0, .5, curve, .01, 1), new(0, 0, curve, .02, 1), new(.5, .5, curve, 0, 1)];
        var solution = SliceProgramme.Solve(slices, .03);
        Assert.Equal(.1, solution.Fpr[0], 1e-12);
        Assert.Equal(.01, solution.Fpr[1], 1e-12);
        Assert.Equal(.02, solution.Fpr[2], 1e-12);
        Assert.Equal(.05, solution.Fpr[3], 1e-12);
    }

    [Fact]
    public void No_slices_spend_nothing()
    {
        var solution = SliceProgramme.Solve([], .05);
        Assert.True(solution.Feasible);
        Assert.Equal(0, solution.TotalFpr);
    }

    [Theory]
    [InlineData(double.NaN, .5, 0, 1)]
    [InlineData(.5, -.1, 0, 1)]
    [InlineData(.5, .5, .2, .1)]
    [InlineData(.5, .5, -.1, .1)]
    [InlineData(.5, .5, 0, double.PositiveInfinity)]
    public void Shares_and_bounds_out_of_order_are_refused(double clicks, double purchasing, double lower, double upper)
    {
        ProgrammeSlice[] slices = [new(clicks, purchasing, new ConcaveQuadratic(-1, 1, 0), lower, upper)];
        Assert.Throws<ArgumentException>(() => SliceProgramme.Solve(slices, .05));
    }

    [Fact]
    public void On_random_mixes_a_dynamic_programme_over_a_fine_grid_finds_nothing_better()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (slices, budget) = RandomProgramme.Draw(new Random(seed));
            var solution = SliceProgramme.Solve(slices, budget);
            var (value, error) = GridProgramme.Solve(slices, budget);
            Assert.True(solution.Feasible);
            Assert.True(solution.TotalFpr <= budget * (1 + 1e-12));
            Assert.InRange(solution.TotalIvr, value - 1e-12, value + error);
            for (var i = 0; i < slices.Length; i++)
            {
                Assert.InRange(solution.Fpr[i], slices[i].Lower, slices[i].Upper);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void The_order_of_slices_changes_neither_value_nor_price_and_more_budget_never_hurts()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (slices, budget) = RandomProgramme.Draw(random);
            var straight = SliceProgramme.Solve(slices, budget);
            var more = SliceProgramme.Solve(slices, budget * 1.5);
            random.Shuffle(slices);
            var shuffled = SliceProgramme.Solve(slices, budget);
            Assert.Equal(straight.TotalIvr, shuffled.TotalIvr, 1e-12);
            Assert.Equal(straight.Price, shuffled.Price, 1e-9 * (1 + straight.Price));
            Assert.True(more.TotalIvr >= straight.TotalIvr - 1e-12);
            Assert.True(more.Price <= straight.Price * (1 + 1e-9));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static ProgrammeSlice[] ThreeSlices(double l1, double l2, double l3) =>
    [
        new(.5, .3, new ConcaveQuadratic(-20, 4, .02), l1, s_upper[0]),
        new(.3, .5, new ConcaveQuadratic(-10, 3, .05), l2, s_upper[1]),
        new(.2, .2, new ConcaveQuadratic(-4, 1, .10), l3, s_upper[2]),
    ];
}
