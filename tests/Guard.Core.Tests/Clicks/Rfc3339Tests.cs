using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class Rfc3339Tests
{
    [Fact]
    public void Every_time_at_every_offset_agrees_with_the_framework()
    {
        var cases = from milliseconds in Gen.Choose(0, int.MaxValue)
                    from day in Gen.Choose(-700_000, 2_900_000)
                    from offset in Gen.Choose(-14 * 60, 14 * 60)
                    select (Time: (day * 86_400_000L) + milliseconds % 86_400_000, Offset: TimeSpan.FromMinutes(offset));
        Prop.ForAll(cases.ToArbitrary(), x =>
        {
            var text = DateTimeOffset.FromUnixTimeMilliseconds(x.Time).ToOffset(x.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz");
            return Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var time) && time == x.Time;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", 1767268800000)]
    [InlineData("2026-01-01t12:00:00z", 1767268800000)]
    [InlineData("2026-01-01 12:00:00Z", 1767268800000)]
    [InlineData("2026-01-01T12:00:00.1Z", 1767268800100)]
    [InlineData("2026-01-01T12:00:00.12Z", 1767268800120)]
    [InlineData("2026-01-01T12:00:00.1239999999Z", 1767268800123)]
    [InlineData("2026-01-01T12:00:00-00:00", 1767268800000)]
    [InlineData("1990-12-31T15:59:60-08:00", 662688000000)] // the leap second of RFC 3339 §5.8
    [InlineData("1937-01-01T12:00:27.87+00:20", -1041337172130)] // RFC 3339 §5.8
    public void The_forms_of_the_standard_are_read(string text, long expected)
    {
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(expected, time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01T12:00:00")]
    [InlineData("2026-01-01T12:00:00.Z")]
    [InlineData("2026-01-01T12:00:00Z ")]
    [InlineData("2026-01-01T12:00:00+0100")]
    [InlineData("2026-01-01T12:00:00+24:00")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("2026-00-01T12:00:00Z")]
    [InlineData("0000-01-01T12:00:00Z")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-01-01T12:60:00Z")]
    [InlineData("2026-01-01T12:00:60Z")]
    [InlineData("2026-01-01T12:00:0:Z")]
    [InlineData("20260101T120000Z....")]
    [InlineData("1767268800000")]
    public void Anything_else_is_refused(string text) => Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
