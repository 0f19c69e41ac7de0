using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Server.Answers;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>Events in: many at a time, or one click that wants its decision at once.</summary>
internal static class EventEndpoints
{
    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Lines = "application/x-ndjson";
    private const string AnyJson = "application/json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/events", SendAsync)
            .RequireAuthorization(ApiPolicies.Send)
            .WithTags("Events")
            .WithName("SendEvents")
            .WithSummary("Takes CloudEvents in: one, an array, or one a line; plain or with Content-Encoding: gzip")
            .WithDescription("Answers when what was accepted is durable and decided. Sending the same source and id again changes nothing, so a request may be repeated.")
            .Takes("CloudEvents 1.0 in JSON.", Single, Batch, Lines, AnyJson)
            .Produces<ReceiptAnswer>()
            .ProducesBodyProblems();
        routes.MapPost("/v1/score", ScoreAsync)
            .RequireAuthorization(ApiPolicies.Send)
            .WithTags("Events")
            .WithName("Score")
            .WithSummary("Takes one click in and answers its decision; the click counts")
            .WithDescription("Answers when the click is durable; where the server is set not to wait for a late disk, also before, with \"durable\": false. The same source and id sent again counts once, and waits for the disk.")
            .Takes("One CloudEvent of type guard.ad.click.v1.", Single, AnyJson)
            .Produces<ScoreAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesBodyProblems();
    }

    private static async Task<IResult> SendAsync(HttpContext context, IIngest ingest, BodyReader bodies, GuardServerOptions options)
    {
        var type = TypeOf(context.Request);
        if (type is not (Single or Batch or Lines or AnyJson or "application/ndjson" or "application/jsonl"))
        {
            throw Unsupported(context, $"{Single}, {Batch}, {Lines}, {AnyJson}");
        }

        using var body = await bodies.ReadAsync(context, options.BodyBytes);
        CheckForm(body.Memory.Span, type);
        return TypedResults.Ok(Answer.Of(await ingest.SendAsync(body.Memory, context.RequestAborted)));
    }

    private static async Task ScoreAsync(HttpContext context, IIngest ingest, BodyReader bodies)
    {
        if (TypeOf(context.Request) is not (Single or AnyJson))
        {
            throw Unsupported(context, $"{Single}, {AnyJson}");
        }

        // Twice an event, so that one that is somewhat too long is told so by name.
        using var body = await bodies.ReadAsync(context, 2 * EventLimits.EventBytes);
        CheckForm(body.Memory.Span, Single);
        var scored = await ingest.ScoreAsync(body.Memory, context.RequestAborted);
        if (scored.Rejection is { } rejection)
        {
            await Problems.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, $"The click went to quarantine: {Answer.Word(rejection.Reason)}, {rejection.Detail}.", extensions:
                [new("reason", Answer.Word(rejection.Reason)), new("field", rejection.Detail)]);
            return;
        }

        using var json = new DecisionJson(context.Response);
        json.Raw(scored.Duplicate ? "{\"duplicate\":true,"u8 : "{\"duplicate\":false,"u8);
        json.Raw(scored.IsDurable ? "\"durable\":true,\"decision\":"u8 : "\"durable\":false,\"decision\":"u8);
        if (scored.Decision is { } decision)
        {
            json.Write(decision);
        }
        else
        {
            json.Raw("null"u8);
        }

        json.Raw("}"u8);
        await json.FlushAsync(context.RequestAborted);
    }

    private static string TypeOf(HttpRequest request) =>
        request.Headers.ContainsKey("ce-specversion")
            ? throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, $"CloudEvents in binary mode (ce- headers) are not read here: send the whole event as {Single}.")
            : MediaType.IsOtherCharset(request)
                ? throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, "The charset is not read here: send UTF-8.")
                : MediaType.Of(request);

    private static RequestFault Unsupported(HttpContext context, string types)
    {
        context.Response.Headers.Append("Accept-Post", types);
        return new(StatusCodes.Status415UnsupportedMediaType, $"The Content-Type is not read here: send one of {types}.");
    }

    private static void CheckForm(ReadOnlySpan<byte> body, string type)
    {
        var first = body.IndexOfAnyExcept(" \t\r\n"u8);
        var isArray = first >= 0 && body[first] == '[';
        if (isArray && type == Single)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, $"{Single} is one event, and the body is an array: send it as {Batch}.");
        }

        if (!isArray && type == Batch)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, $"{Batch} is an array, and the body is none: send one event as {Single}, and one a line as {Lines}.");
        }
    }

    private static RouteHandlerBuilder ProducesBodyProblems(this RouteHandlerBuilder builder) => builder
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
