using Guard.Server.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Guard.Silo.Hosting;

/// <summary>What an orchestrator asks before it asks whether the silo lives: a silo that waits to join is no reason to restart it.</summary>
internal static class StartupEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health/startup", (SiloHealth silo) => Answer(silo.NotStarted))
        .AllowAnonymous().DisableRateLimiting().WithTags("Health").WithName("Started").WithSummary("Whether the silo has joined the cluster").ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Results<Ok<HealthAnswer>, ProblemHttpResult> Answer(string? fault) =>
        fault is null ? TypedResults.Ok(new HealthAnswer("started")) : TypedResults.Problem(fault, statusCode: StatusCodes.Status503ServiceUnavailable);
}
