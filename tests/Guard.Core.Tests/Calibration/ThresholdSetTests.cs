using System.Text;
using System.Text.RegularExpressions;

using Guard.Core.Calibration;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Calibration;

public sealed class ThresholdSetTests
{
    private static readonly ThresholdSet s_set = ThresholdCalibrator.Calibrate(
        new Traffic().Draw(new Random(1), "desktop/in/US", 4_000).Draw(new Random(2), "mobile/in/DE", 4_000, 2).Add("tv/out/--", .3f, purchasing: true, times: 5).Sample,
        new CalibrationOptions { Budget = .02 },
        "2026-01-01-0badcafe");

    private static readonly string s_text = Encoding.UTF8.GetString(s_set.ToJson());

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        var read = ThresholdSet.Parse(s_set.ToJson());
        Assert.Equal(s_set.Version, read.Version);
        Assert.Equal(s_set.Slices, read.Slices);
        Assert.Equal(s_set.Calibration.Options, read.Calibration.Options);
        Assert.Equal(s_set.ToJson(), read.ToJson());
        for (var code = 0; code < Slice.Count; code++)
        {
            var slice = Slice.FromCode(code);
            Assert.Equal(s_set.ThresholdOf(slice, out var source), read.ThresholdOf(slice, out var again));
            Assert.Equal(source, again);
        }
    }

    [Fact]
    public void A_threshold_that_invalidates_nothing_survives_the_file()
    {
        var set = ThresholdCalibrator.Calibrate(
            new Traffic().Add("tv/out/--", 1, purchasing: true, times: 300).Sample, new CalibrationOptions(), "m");
        Assert.Equal(float.PositiveInfinity, ThresholdSet.Parse(set.ToJson()).ThresholdOf(Slice.All));
    }

    [Fact]
    public void The_version_is_the_last_clicks_date_and_a_hash_of_the_content()
    {
        Assert.Matches(new Regex("^2026-01-01-[0-9a-f]{8}$", RegexOptions.None, TimeSpan.FromSeconds(1)), s_set.Version);
        var other = ThresholdCalibrator.Calibrate(
            new Traffic().Draw(new Random(1), "desktop/in/US", 4_000).Sample, new CalibrationOptions { Budget = .02 }, "2026-01-01-0badcafe");
        Assert.NotEqual(s_set.Version, other.Version);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var bytes = s_set.ToJson();
        for (var length = 0; length < bytes.Length; length += 1 + length / 20)
        {
            var error = Assert.Throws<ThresholdFormatException>(() => ThresholdSet.Parse(bytes.AsSpan(0, length)));
            Assert.Contains("restore the file, or calibrate again", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Theory]
    [InlineData("guard.thresholds.v1", "guard.thresholds.v9", "guard.thresholds.v9")]
    [InlineData("\"slice\": \"all\"", "\"slice\": \"tv\"", "$.slices[0] ('tv')")]
    [InlineData("\"slice\": \"mobile/in/DE\"", "\"slice\": \"mobile/in/D\"", "'D' is not a marketplace")]
    [InlineData("\"backOff\": \"none\"", "\"backOff\": \"bored\"", "line ")]
    [InlineData("\"backOff\": \"none\"", "\"backOff\": \"oneThreshold\"", "the reason to back off")]
    [InlineData("\"backOff\": \"tooFewPurchasingClicks\"", "\"backOff\": \"protectedFromParent\"", "the reason to back off")]
    [InlineData("\"basis\": \"expected\"", "\"basis\": \"hoped\"", "line ")]
    [InlineData("\"basis\": \"expected\"", "\"basis\": \"measured\"", "changed after they were written")]
    [InlineData("\"budget\": 0.02", "\"budget\": 2", "budget 2 is outside (0, 1]")]
    [InlineData("\"budget\": 0.02", "\"budget\": 0.03", "changed after they were written")]
    [InlineData("\"modelVersion\": ", "\"modelVersion\": null, \"x\": ", "line ")]
    [InlineData("\"modelVersion\": ", "\"colour\": \"red\", \"modelVersion\": ", "$.colour")]
    [InlineData("\"notes\": []", "\"notes\": null", "line ")]
    public void Every_unfit_value_is_refused_by_a_line_that_names_its_place(string old, string replacement, string named)
    {
        Assert.Contains(old, s_text, StringComparison.Ordinal);
        AssertRefused(Replace(s_text, old, replacement), named);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    [InlineData("\"NaN\"")]
    public void A_threshold_that_is_no_number_in_the_unit_interval_is_refused(string threshold)
    {
        var start = s_text.IndexOf("\"threshold\": ", StringComparison.Ordinal) + "\"threshold\": ".Length;
        var end = s_text.IndexOf(',', start);
        AssertRefused(string.Concat(s_text.AsSpan(0, start), threshold, s_text.AsSpan(end)), "$.slices[0]");
    }

    [Fact]
    public void A_document_without_all_traffic_is_refused()
    {
        var start = s_text.IndexOf("\"slices\": [", StringComparison.Ordinal);
        AssertRefused(s_text[..start] + "\"slices\": [] }", "lack the slice 'all'");
    }

    [Fact]
    public void What_is_no_JSON_object_is_refused()
    {
        foreach (var text in new[] { "", "null", "[]", "7", "\0\u0001", "{}" })
        {
            AssertRefused(text, "");
        }
    }

    private static string Replace(string text, string old, string replacement)
    {
        var start = text.IndexOf(old, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, start), replacement, text.AsSpan(start + old.Length));
    }

    private static void AssertRefused(string text, string named)
    {
        var error = Assert.Throws<ThresholdFormatException>(() => ThresholdSet.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
