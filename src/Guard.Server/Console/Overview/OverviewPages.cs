using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Guard.Server.Console.Slices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Overview;

/// <summary>The first page: how it goes now, and what asks for attention.</summary>
internal static class OverviewPages
{
    private const int Newest = 8;
    private const int MostAlerts = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", async (string? span, ITraffic traffic, IDecisionLog decisions, IStreams streams, CancellationToken cancellationToken) =>
        {
            var chosen = CourseSpan.Of(span);
            var course = await traffic.CourseAsync(Slice.All, cancellationToken);
            var newest = await decisions.ReadAsync(new DecisionQuery { NewestFirst = true, Maximum = Newest }, cancellationToken);
            var alerts = await streams.AlertsAsync(MostAlerts, cancellationToken);
            return Page.Of<OverviewPage>(
                ("Now", await traffic.NowAsync(cancellationToken)),
                ("All", course?.Traffic),
                ("Course", Course.Of(course?.Intervals ?? [], chosen.Length)),
                ("Span", chosen),
                ("Policy", await traffic.PolicyAsync(cancellationToken)),
                ("Newest", newest.Decisions),
                ("Open", alerts.Where(alert => alert.Alert.End is null).ToArray()));
        });
}
