using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Quarantine;

/// <summary>What could not be taken in, by reason.</summary>
internal static class QuarantinePages
{
    private const int Rows = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/quarantine", async (ITraffic traffic, CancellationToken cancellationToken) =>
            Page.Of<QuarantinePage>(("View", await traffic.QuarantineAsync(Rows, cancellationToken))));
}
