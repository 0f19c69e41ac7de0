using System.Text;
using Guard.Core.Clicks;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Intake;

public sealed class AccessLogSourceTests : IDisposable
{
    private const string Line = """83.149.9.216 - frank [17/May/2015:10:05:03 +0200] "GET /a?q=\"x\" HTTP/1.1" 200 203023 "http://example.org/" "Mozilla/5.0 (X11) Firefox/141.0" """;
    private readonly TemporaryFolder _folder = new();
    private readonly KeyedHash _hash = new(HashingKey.FromBytes(new byte[HashingKey.Bytes]));
    private readonly List<string> _rejected = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_gives_a_click_with_address_user_agent_and_time()
    {
        var (batch, counts) = await ReadAsync(Line.TrimEnd());

        var click = Assert.Single(batch.Clicks.ToArray());
        Assert.Equal(new DateTimeOffset(2015, 5, 17, 8, 5, 3, TimeSpan.Zero).ToUnixTimeMilliseconds(), click.Time);
        Assert.Equal("Mozilla/5.0 (X11) Firefox/141.0", Encoding.UTF8.GetString(batch.Text(click.UserAgentText)));
        Assert.Equal("83.149.9.216", Encoding.UTF8.GetString(batch.Text(click.AddressText)));
        Assert.Equal(ClickTraits.Anonymous, click.Traits);
        Assert.Equal(1, click.Sequence);
        Assert.Equal(1, counts.Clicks);
    }

    [Fact]
    public async Task Address_and_user_agent_together_stand_in_for_the_user()
    {
        var (batch, _) = await ReadAsync(string.Join('\n', Line.TrimEnd(), Line.TrimEnd(), Line.TrimEnd().Replace("Firefox", "Chrome", StringComparison.Ordinal)));
        var clicks = batch.Clicks.ToArray();

        Assert.Equal(clicks[0].User, clicks[1].User);
        Assert.NotEqual(clicks[0].User, clicks[2].User);
        Assert.Equal(clicks[0].Entity, clicks[2].Entity);
        Assert.Equal(3, clicks.Select(click => click.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_dash_is_no_user_agent()
    {
        var (batch, _) = await ReadAsync("""192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "-" """.TrimEnd());

        Assert.Equal(0UL, batch.Clicks[0].UserAgent);
        Assert.Equal(ClickTraits.Anonymous | ClickTraits.NoUserAgent, batch.Clicks[0].Traits);
    }

    [Fact]
    public async Task Lines_behind_the_newest_are_late_and_beyond_the_allowance_too_late()
    {
        string At(string time) => Line.TrimEnd().Replace("10:05:03", time, StringComparison.Ordinal);

        var (batch, counts) = await ReadAsync(string.Join('\n', At("10:05:03"), At("10:05:01"), At("09:00:00"), At("10:05:04")));

        Assert.Equal(
            [ClickTraits.None, ClickTraits.Late, ClickTraits.TooLate, ClickTraits.None],
            batch.Clicks.ToArray().Select(click => click.Traits & ~ClickTraits.Anonymous));
        Assert.Equal((1, 1), (counts.Late, counts.TooLate));
    }

    [Theory]
    [InlineData("hello", RejectReason.Malformed)]
    [InlineData("999.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1 \"-\" \"x\"", RejectReason.InvalidAddress)]
    [InlineData("192.0.2.1 - - [32/May/2015:10:05:03 +0000] \"GET /\" 200 1 \"-\" \"x\"", RejectReason.InvalidTime)]
    [InlineData("192.0.2.1 - - [17/May/1601:10:05:03 +0000] \"GET /\" 200 1 \"-\" \"x\"", RejectReason.OutOfRange)]
    [InlineData("192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1 \"-\" \"cut", RejectReason.Malformed)]
    public async Task A_line_that_is_not_of_the_format_goes_to_quarantine_with_its_number(string line, RejectReason reason)
    {
        var (batch, counts) = await ReadAsync($"{Line.TrimEnd()}\n{line}\n{Line.TrimEnd()}");

        Assert.Equal(2, batch.Clicks.Length);
        Assert.Equal(1, counts.RejectedFor(reason));
        Assert.Equal([$"{reason} at line 2"], _rejected);
    }

    [Fact]
    public async Task An_empty_log_is_an_error_that_names_it()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => ReadAsync(""));

        Assert.Contains("access.log", error.Message, StringComparison.Ordinal);
    }

    private async Task<(EventBatch Batch, IntakeCounts Counts)> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(_folder["access.log"], text, TestContext.Current.CancellationToken);
        using var source = new AccessLogSource(_folder["access.log"], _hash, new Rejects(_rejected));
        var batch = new EventBatch();
        await source.ReadAsync(batch, 1000, TestContext.Current.CancellationToken);
        return (batch, source.Counts);
    }

    private sealed class Rejects(List<string> rejected) : IQuarantine
    {
        public void Add(in RejectedEvent row) => rejected.Add($"{row.Rejection.Reason} at line {row.Position.Line}");
    }
}
