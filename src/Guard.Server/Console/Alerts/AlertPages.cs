using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Alerts;

/// <summary>The alerts of all streams.</summary>
internal static class AlertPages
{
    private const int MostRows = 300;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/alerts", async (IStreams streams, CancellationToken cancellationToken) =>
        {
            var alerts = await streams.AlertsAsync(MostRows, cancellationToken);
            return Page.Of<AlertsPage>(("Alerts", alerts), ("IsCut", alerts.Count == MostRows));
        });
}
