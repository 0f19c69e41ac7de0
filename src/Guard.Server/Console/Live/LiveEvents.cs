using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Guard.Server.Console.Live;

/// <summary>
/// The server-sent events at <c>/console/live</c>: <c>changed</c> with the topics that changed, and <c>all</c> every quarter of a minute, so that
/// what pages call "a minute ago" stays true. The script then asks for its page again and takes over the parts that show those topics.
/// </summary>
internal static class LiveEvents
{
    private const int MostViewers = 200;
    private static readonly TimeSpan s_allEvery = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/console/live", (HttpContext http, Pulse pulse, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            if (pulse.Viewers >= MostViewers)
            {
                http.Response.Headers.RetryAfter = "60";
                return Results.Problem($"{MostViewers} pages are open already; this one stays as it is until it is reloaded.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            return TypedResults.ServerSentEvents(Events(pulse, clock, lifetime.ApplicationStopping, http.RequestAborted));
        });

    private static async IAsyncEnumerable<SseItem<string>> Events(
        Pulse pulse, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var watch = pulse.Watch();
        var seen = pulse.Now;

        // The first event sends the headers, by which the browser knows that it is connected.
        yield return new SseItem<string>("", "begun");
        while (!end.IsCancellationRequested)
        {
            var quiet = await Quiet(seen.Ended, clock, end.Token);
            var now = pulse.Now;
            if (!end.IsCancellationRequested)
            {
                yield return quiet
                    ? new SseItem<string>("", "all")
                    : new SseItem<string>(string.Join(' ', now.Since(seen)).ToLowerInvariant(), "changed");
            }

            seen = now;
        }
    }

    private static async Task<bool> Quiet(Task change, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(s_allEvery, clock, cancellationToken);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
