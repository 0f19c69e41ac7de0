using Guard.Core.Hosting;
using Guard.Server.Answers;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>The telemetry streams and their alerts.</summary>
internal static class StreamEndpoints
{
    private const string Prefix = "/v1/streams/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(ApiPolicies.Read).WithTags("Streams");
        group.MapGet("/v1/streams", async (IStreams streams, CancellationToken cancelled) => TypedResults.Ok(new StreamsAnswer([.. (await streams.ListAsync(cancelled)).Select(Answer.Of)])))
            .WithName("Streams").WithSummary("The telemetry streams; Guard's own begin with guard.");
        group.MapGet(Prefix + "{**id}", FindAsync)
            .WithName("Stream").WithSummary("One stream with readings, alerts and change points").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/v1/alerts", async (IStreams streams, int? max, CancellationToken cancelled) => TypedResults.Ok(new AlertsAnswer([.. (await streams.AlertsAsync(TrafficEndpoints.Rows(max), cancelled)).Select(Answer.Of)])))
            .WithName("Alerts").WithSummary("Alerts of all streams, newest first").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Ok<StreamDetailAnswer>> FindAsync(HttpContext context, IStreams streams, string id) =>
        await streams.FindAsync(RawPath.NameAfter(context, Prefix, id), context.RequestAborted) is { } stream
            ? TypedResults.Ok(Answer.Of(stream))
            : throw new RequestFault(StatusCodes.Status404NotFound, "There is no such stream.");
}
