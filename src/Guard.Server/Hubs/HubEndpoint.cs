using System.Buffers;
using Guard.Core.Hosting;
using Guard.Server.Api;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Hubs;

/// <summary>Event Hubs' own HTTP send, so that a producer written for Event Hubs can be pointed here.</summary>
internal sealed class HubEndpoint(IIngest ingest, BodyReader bodies, GuardServerOptions options, TimeProvider time, ServerInstruments instruments)
{
    private const string BatchType = "application/vnd.microsoft.servicebus.json";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{hub}/messages", (string hub, HttpContext context, HubEndpoint endpoint) => endpoint.SendAsync(hub, context))
            .AllowAnonymous()
            .WithTags("Event Hubs")
            .WithName("SendToHub")
            .WithSummary("Takes events as Azure Event Hubs' HTTP send does")
            .WithDescription($"One event as the body, or a batch with Content-Type {BatchType}. Authorization: SharedAccessSignature, or a key that may send. The answer does not tell quarantined events: see /v1/quarantine.")
            .Takes("One CloudEvent under any other Content-Type, or a batch.", "application/atom+xml", "application/json", BatchType)
            .Produces(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private async Task<IResult> SendAsync(string hub, HttpContext context)
    {
        Authorize(hub, context);
        using var body = await bodies.ReadAsync(context, options.BodyBytes);
        if (MediaType.Of(context.Request) != BatchType)
        {
            await ingest.SendAsync(body.Memory, context.RequestAborted);
            return TypedResults.Created();
        }

        var lines = ArrayPool<byte>.Shared.Rent(body.Memory.Length);
        try
        {
            var length = HubBatch.Write(body.Memory.Span, lines);
            if (length > 0)
            {
                await ingest.SendAsync(lines.AsMemory(0, length), context.RequestAborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lines);
        }

        return TypedResults.Created();
    }

    // Where policies are set, a token is wanted even on loopback, so that a producer's signing is tried where it is developed.
    private void Authorize(string hub, HttpContext context)
    {
        var refusal = options.Keys.Count > 0 && context.User.HasClaim(ApiPolicies.ScopeClaim, "send") ? null
            : options.SharedAccessPolicies.Count > 0 ? SharedAccessSignature.Refusal(context.Request.Headers.Authorization.ToString(), hub, options.SharedAccessPolicies, time.GetUtcNow())
            : options.Keys.Count > 0 ? "MissingToken: give a key that may send; this server has no shared access policy."
            : null;
        if (refusal is not null)
        {
            instruments.Refused("hub_token");
            context.Response.Headers.WWWAuthenticate = SharedAccessSignature.Scheme;
            throw new RequestFault(StatusCodes.Status401Unauthorized, refusal);
        }
    }
}
