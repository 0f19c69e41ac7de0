using System.Buffers;
using System.Text;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Guard.Server.Api;

/// <summary>Writes decisions as server-sent events, whose id is the decision's number: what a client that comes again sends as Last-Event-ID.</summary>
internal sealed class DecisionEvents(HttpResponse response) : IDisposable
{
    private readonly DecisionEventWriter _writer = new();

    /// <summary>Sends the headers, and after how many milliseconds a client that lost the connection comes again.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.BodyWriter.Write("retry: 2000\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>Sends a page; where decisions are gone, an event <c>guard.missed</c> with their number comes first.</summary>
    public async ValueTask WriteAsync(DecisionPage page, long after, CancellationToken cancellationToken)
    {
        if (page.Missed > 0)
        {
            Line($"event: guard.missed\ndata: {{\"after\":{after},\"missed\":{page.Missed}}}\n\n");
        }

        foreach (var decision in page.Decisions)
        {
            Line($"id: {decision.Number}\nevent: {Core.Clicks.EventTypes.Decision}\ndata: ");
            _writer.Write(response.BodyWriter, decision);
            response.BodyWriter.Write("\n\n"u8);
            if (response.BodyWriter.UnflushedBytes > 1 << 16)
            {
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>Sends a comment, so that neither end takes the connection for dead.</summary>
    public async ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        response.BodyWriter.Write(":\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    public void Dispose() => _writer.Dispose();

    private void Line(string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);
}
