using Guard.Core.Hosting;
using Guard.Server.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>What an orchestrator asks; no key is wanted, and nothing is told but the host's own line.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().DisableRateLimiting().WithTags("Health");
        health.MapGet("/live", (IHostHealth host) => Answer("live", host.NotLive))
            .WithName("Live").WithSummary("Whether the process should go on").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        health.MapGet("/ready", (IHostHealth host) => Answer("ready", host.NotReady))
            .WithName("Ready").WithSummary("Whether work should be sent here").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Results<Ok<HealthAnswer>, ProblemHttpResult> Answer(string status, string? fault) =>
        fault is null ? TypedResults.Ok(new HealthAnswer(status)) : TypedResults.Problem(fault, statusCode: StatusCodes.Status503ServiceUnavailable);
}
