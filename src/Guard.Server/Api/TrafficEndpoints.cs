using Guard.Core.Hosting;
using Guard.Server.Answers;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>How the traffic goes, slice by slice, what decides, and what was not read.</summary>
internal static class TrafficEndpoints
{
    private const string SlicePrefix = "/v1/slices/";
    private const int GreatestRows = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(ApiPolicies.Read).WithTags("Traffic");
        group.MapGet("/v1/traffic", async (ITraffic traffic, CancellationToken cancelled) => TypedResults.Ok(Answer.Of(await traffic.NowAsync(cancelled))))
            .WithName("Traffic").WithSummary("How it goes at this moment: totals, rate, latency, state");
        group.MapGet("/v1/slices", async (ITraffic traffic, CancellationToken cancelled) => TypedResults.Ok(new SlicesAnswer([.. (await traffic.SlicesAsync(cancelled)).Select(Answer.Of)])))
            .WithName("Slices").WithSummary("Every slice that had clicks, with its rates and threshold");
        group.MapGet(SlicePrefix + "{**slice}", CourseAsync)
            .WithName("Slice").WithSummary("The course of one slice and its IVR-FPR curve").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/v1/thresholds", async (ITraffic traffic, CancellationToken cancelled) => TypedResults.Ok(Answer.Of(await traffic.PolicyAsync(cancelled))))
            .WithName("Thresholds").WithSummary("The model and the thresholds in force");
        group.MapGet("/v1/quarantine", async (ITraffic traffic, int? max, CancellationToken cancelled) => TypedResults.Ok(Answer.Of(await traffic.QuarantineAsync(Rows(max), cancelled))))
            .WithName("Quarantine").WithSummary("What was not read, by reason, without its content").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>Reads how many rows to answer.</summary>
    /// <exception cref="RequestFault">It is out of its range.</exception>
    public static int Rows(int? max) => max is null or (>= 1 and <= GreatestRows)
        ? max ?? 100
        : throw new RequestFault(StatusCodes.Status400BadRequest, $"The parameter max is out of its range: give 1 to {GreatestRows}.");

    private static async Task<Ok<SliceCourseAnswer>> CourseAsync(HttpContext context, ITraffic traffic, string slice)
    {
        var name = DecisionParameters.SliceOf(RawPath.NameAfter(context, SlicePrefix, slice));
        return await traffic.CourseAsync(name, context.RequestAborted) is { } course
            ? TypedResults.Ok(Answer.Of(course))
            : throw new RequestFault(StatusCodes.Status404NotFound, "This slice had no click.");
    }
}
