using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Alerts;

/// <summary>A receiver of webhooks on a free port of loopback, which answers as a test tells it to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication app) => _app = app;

    public Uri Address => new($"{_app.Urls.Single()}/hook");

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers a request, told its number from 1.</param>
    public static async Task<Receiver> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        var requests = 0;
        receiver._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            await receiver._received.Writer.WriteAsync(new Received($"{context.Request.Method} {context.Request.Path}", headers, body.ToArray()), context.RequestAborted);
            await answer(Interlocked.Increment(ref requests), context);
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with statuses in turn, and with the last of them from then on.</summary>
    public static Task<Receiver> StartAsync(params int[] statuses) => StartAsync((number, context) =>
    {
        context.Response.StatusCode = statuses[Math.Min(number, statuses.Length) - 1];
        return Task.CompletedTask;
    });

    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public async Task<string[]> NextIdsAsync(int count)
    {
        var ids = new string[count];
        for (var request = 0; request < count; request++)
        {
            ids[request] = (await NextAsync()).Id;
        }

        return ids;
    }

    public bool IsQuiet => _received.Reader.Count == 0;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Received(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Id => Headers["webhook-id"];
    }
}
