using Guard.Cli.Processes;
using Guard.Cli.Tests.Serve;
using Guard.Cli.Torture;

namespace Guard.Cli.Tests.Torture;

/// <summary>A torture that could not see a difference would find nothing either.</summary>
public sealed class ComparisonTests(SmallStarter starter) : IClassFixture<SmallStarter>, IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Theory]
    [InlineData(12, 12, false)]
    [InlineData(12, 11, true)]
    public async Task Servers_that_took_the_same_events_are_alike_and_others_are_not(int left, int right, bool differ)
    {
        await using var first = await TakeAsync("first", left);
        await using var second = await TakeAsync("second", right);
        var findings = new Findings();

        var compared = await Comparison.RunAsync(first.Api, second.Api, findings, CancellationToken.None);

        Assert.True(compared > 0);
        Assert.Equal(differ, findings.Any);
    }

    [Fact]
    public async Task A_click_that_counted_twice_is_found()
    {
        await using var first = await TakeAsync("first", 12);
        await using var second = await TakeAsync("second", 12);
        await second.Api.SendAsync("""{"specversion":"1.0","id":"once-more","source":"/s","type":"guard.ad.click.v1","time":"2020-01-06T00:00:00Z","data":{"userId":"u"}}"""u8.ToArray(), gzip: false, CancellationToken.None);
        var findings = new Findings();

        await Comparison.RunAsync(first.Api, second.Api, findings, CancellationToken.None);

        Assert.True(findings.Any);
    }

    private async Task<ServerProcess> TakeAsync(string name, int bodies)
    {
        var server = await ServerProcess.StartReadyAsync(new ServerLaunch(starter.Copy(_guard.File(name)).Path), CancellationToken.None);
        using var stream = new TortureStream(1);
        var findings = new Findings();
        var producer = new Producer(stream, findings);

        for (var body = 0; body < bodies; body++)
        {
            Assert.True(await producer.SendNextAsync(server.Api, CancellationToken.None), server.Errors);
        }

        Assert.False(findings.Any, string.Join('\n', findings.ToList()));
        return server;
    }
}
