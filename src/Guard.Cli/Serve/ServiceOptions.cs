using Guard.Cli.Options;
using Guard.Core.Lists;
using Guard.Server;
using Microsoft.Extensions.Logging;

namespace Guard.Cli.Serve;

/// <summary>What a service is made of.</summary>
internal sealed record ServiceOptions
{
    public required DataFolder Data { get; init; }

    public required ServeSettings Settings { get; init; }

    public required GuardServerOptions Server { get; init; }

    public required int Workers { get; init; }

    public required AccessList Access { get; init; }

    public required CrawlerList Crawlers { get; init; }

    public required LogLevel Log { get; init; }
}
