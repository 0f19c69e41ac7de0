using System.Net;
using Guard.Cli.Serve;
using Guard.Core.Lists;
using Guard.Engine.Log;
using Guard.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Guard.Cli.Tests.Serve;

public sealed class ServiceHostTests(SmallStarter starter) : IClassFixture<SmallStarter>, IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_start_whose_pages_cannot_be_put_together_gives_the_folder_back()
    {
        var data = starter.Copy(_guard.File("data"));
        var options = new ServiceOptions
        {
            Data = data,
            Settings = new ServeSettings(new ConfigurationBuilder().Build(), ServiceHost.Sections),
            Server = new GuardServerOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] },
            Workers = 1,
            Access = AccessList.Empty,
            Crawlers = CrawlerList.BuiltIn,
            Log = LogLevel.None,
        };

        // The engine works in the folder by then.
        var log = Path.Combine(data.Path, "log", FolderLock.FileName);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceHost.StartAsync(
            options,
            _ => throw new InvalidOperationException(SpinWait.SpinUntil(() => File.Exists(log), TimeSpan.FromSeconds(20)) ? "no pages" : "the engine did not start"),
            CancellationToken.None));

        Assert.Equal("no pages", refused.Message);
        await using var next = await ServiceHost.StartAsync(options, CancellationToken.None);
    }
}
