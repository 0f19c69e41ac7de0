using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Server.Console.Decisions;
using Guard.Server.Console.Parts;
using Guard.Server.Console.Quarantine;
using Guard.Server.Console.Streams;

namespace Guard.Server.Tests.Console;

public sealed class WritingTests
{
    [Theory]
    [InlineData("user.clicks.24h", 1.3862944f, "3 clicks")]
    [InlineData("ip.clicks_per_user.1h", .6931472f, "1 click a user")]
    [InlineData("user.gap", 8.2942898f, "4 s")]
    [InlineData("user.logged_in", 1, "yes")]
    [InlineData("user.regularity", .845f, "0.845")]
    [InlineData("user.hours.24h", .25f, "6 h")]
    [InlineData("time.day.sin", -.5f, "−0.5")]
    public void A_feature_is_written_as_a_person_counts(string name, float value, string written) =>
        Assert.Equal(written, Inputs.Write(ClickFeatures.Schema.Features.Single(feature => feature.Name == name), value));

    [Theory]
    [InlineData("guard.slice.mobile.in.DE.ivr", .0459, "4.59 %", "[0.00, 63.33] %")]
    [InlineData("guard.slice.all.silence", 45, "45 min", "[0, 0.6333] min")]
    [InlineData("guard.latency", 1.25, "1.25 ms", "[0, 0.6333] ms")]
    [InlineData("click.latency", 45.38, "45.38", "[0, 0.6333]")]
    public void A_stream_of_Guards_own_is_written_in_its_unit_and_what_arithmetic_rounds_off_as_nothing(string stream, double value, string written, string range)
    {
        var measure = StreamMeasure.Of(stream);

        Assert.Equal(written, measure.Write(value));
        Assert.Equal(range, measure.Range(7.9e-15, .6333));
        Assert.Equal("1", StreamMeasure.Of("click.latency").Dimension(1));
        Assert.Equal("p99", StreamMeasure.Of("guard.latency").Dimension(1));
    }

    [Theory]
    [InlineData(412, "412 µs")]
    [InlineData(2_740, "2.74 ms")]
    [InlineData(1_500_000, "1.50 s")]
    public void A_latency_has_three_digits(int microseconds, string written) => Assert.Equal(written, Figures.Latency(TimeSpan.FromMicroseconds(microseconds)));

    [Theory]
    [InlineData(45, "45 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(111_600, "1 d 7 h")]
    [InlineData(1_000_000, "11 d")]
    public void A_length_of_time_has_its_two_greatest_units(int seconds, string written) => Assert.Equal(written, Figures.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_filters_address_reads_back_as_the_same_filter()
    {
        var filter = new DecisionFilter(Verdict.SophisticatedInvalid, Slice.Parse("mobile/in/DE"), 0);
        var address = new Uri("http://localhost" + filter.Address(77));
        var parts = System.Web.HttpUtility.ParseQueryString(address.Query);

        var read = DecisionFilter.Read(parts["verdict"], parts["slice"], long.Parse(parts["before"]!), out var problem);

        Assert.Null(problem);
        Assert.Equal(filter with { Before = 77 }, read);
    }

    [Fact]
    public async Task Bars_of_a_whole_explanation_add_up_and_lead_with_the_strongest()
    {
        var host = new SeededHost();
        var page = await host.ReadAsync(new() { Maximum = 100 }, TestContext.Current.CancellationToken);
        foreach (var decision in page.Decisions.Where(decision => !decision.Contributions.IsEmpty))
        {
            var explanation = Explanation.Of(decision);
            var bars = explanation.Bars(decision.Features);

            Assert.True(explanation.IsWhole);
            Assert.Equal(decision.Contributions.ToArray().Sum(value => (double)value), bars.Sum(bar => bar.Value), 3);
            Assert.Equal(bars.SkipLast(1).OrderByDescending(bar => Math.Abs(bar.Value)).Select(bar => bar.Name), bars.SkipLast(1).Select(bar => bar.Name));
        }
    }

    [Fact]
    public async Task Where_only_the_reasons_are_known_they_are_the_bars()
    {
        var host = new SeededHost();
        var page = await host.ReadAsync(new() { Maximum = 1, Verdict = Verdict.SophisticatedInvalid }, TestContext.Current.CancellationToken);
        var explanation = Explanation.Of(page.Decisions[0] with { Contributions = default });

        Assert.False(explanation.IsWhole);
        Assert.Equal(page.Decisions[0].Reasons.Count, explanation.Bars(page.Decisions[0].Features).Count);
    }

    [Fact]
    public void Every_reason_of_the_quarantine_has_a_name_and_a_remedy()
    {
        var reasons = Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None).ToArray();

        Assert.Equal(reasons.Length, reasons.Select(Remedy.Name).Where(name => name != "none").Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(reasons, reason => Remedy.Of(reason).Length == 0);
    }
}
