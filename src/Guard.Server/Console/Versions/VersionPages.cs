using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Versions;

/// <summary>The model and the thresholds in force.</summary>
internal static class VersionPages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/versions", async (ITraffic traffic, CancellationToken cancellationToken) =>
            Page.Of<VersionsPage>(("Policy", await traffic.PolicyAsync(cancellationToken))));
}
