using System.Text.Json;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Server.Answers;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>Decisions out: by cursor, as they come, or that of one click.</summary>
internal static class DecisionEndpoints
{
    /// <summary>The limit on those who wait at one time.</summary>
    public const string WatcherLimit = "watchers";

    private const string EventStream = "text/event-stream";
    private const string OnePrefix = "/v1/decisions/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/decisions", ReadAsync)
            .RequireAuthorization(ApiPolicies.Read)
            .RequireRateLimiting(WatcherLimit)
            .WithTags("Decisions")
            .WithName("ReadDecisions")
            .WithSummary("Reads decisions after a cursor, waits for them, or streams them")
            .WithDescription("With Accept: text/event-stream the decisions come as server-sent events until the client goes; Last-Event-ID, or else after, says from where, and without either it is now.")
            .Produces<DecisionsAnswer>()
            .Produces<string>(StatusCodes.Status200OK, EventStream)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        routes.MapGet(OnePrefix + "{**clickId}", FindAsync)
            .RequireAuthorization(ApiPolicies.Read)
            .WithTags("Decisions")
            .WithName("ExplainDecision")
            .WithSummary("Finds the newest decision of a click, with features and reasons")
            .Produces<ExplainedDecision>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task ReadAsync(
        HttpContext context, DecisionReading reading, IDecisionLog log, [FromQuery] long? after, [FromQuery] int? max, [FromQuery] int? wait, [FromQuery] bool? newest, [FromQuery] string? verdict,
        [FromQuery] string? slice, [FromHeader(Name = "Last-Event-ID")] string? lastEvent)
    {
        var parameters = new DecisionParameters(after, max, wait, newest, verdict, slice);
        var (query, time) = (parameters.Query(), parameters.WaitTime);
        if (context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            var from = long.TryParse(lastEvent, out var last) && last >= 0 ? last : after ?? log.Last;
            await reading.StreamAsync(context, query with { After = from, NewestFirst = false });
            return;
        }

        var page = await reading.PageAsync(query, time, context.RequestAborted);
        using var json = new DecisionJson(context.Response);
        json.Raw("{\"decisions\":["u8);
        await json.WriteAsync(page.Decisions, context.RequestAborted);
        json.Raw(System.Text.Encoding.UTF8.GetBytes($"],\"next\":{page.Next},\"missed\":{page.Missed}}}"));
        await json.FlushAsync(context.RequestAborted);
    }

    private static async Task FindAsync(HttpContext context, IDecisionLog log, string clickId)
    {
        var id = RawPath.NameAfter(context, OnePrefix, clickId);
        if (await log.FindAsync(id, context.RequestAborted) is not { } decision)
        {
            throw new RequestFault(StatusCodes.Status404NotFound, "No decision of this click is kept.");
        }

        using var json = new DecisionJson(context.Response);
        json.Raw("{\"decision\":"u8);
        json.Write(decision);
        json.Raw(",\"features\":"u8);
        json.Raw(JsonSerializer.SerializeToUtf8Bytes(FeaturesOf(decision), AnswerJson.Default.IReadOnlyListFeatureAnswer));
        json.Raw("}"u8);
        await json.FlushAsync(context.RequestAborted);
    }

    private static IReadOnlyList<FeatureAnswer> FeaturesOf(KeptDecision decision)
    {
        var values = decision.Features;
        return [.. ClickFeatures.Schema.Features.Take(values.Length).Select((feature, index) => new FeatureAnswer(feature.Name, feature.Unit, values.Span[index], feature.Description))];
    }
}
