using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Guard.Cli.Tests.Simulate;

/// <summary>Takes events in over HTTP as a Guard does, answers as a test wants it, and keeps what came.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Gets or sets what becomes of a request before its body counts; the request's number begins at 1. True: it is answered already.</summary>
    public Func<HttpContext, int, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Gets the bodies taken in, each a list of lines.</summary>
    public List<string[]> Bodies { get; } = [];

    public IEnumerable<string> Lines => Bodies.SelectMany(body => body);

    public Uri Address => new(_app.Urls.Single() + "/");

    public int Requests { get; private set; }

    public bool SawGzip { get; private set; }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/v1/events", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Requests++;
        SawGzip |= context.Request.Headers.ContentEncoding == "gzip";
        using var body = SawGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var reader = new StreamReader(body, System.Text.Encoding.Latin1);
        var text = await reader.ReadToEndAsync();
        if (await Before(context, Requests))
        {
            return;
        }

        Bodies.Add(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await context.Response.WriteAsJsonAsync(new { accepted = Bodies[^1].Length, duplicates = 0, quarantined = 0, rejections = Array.Empty<object>() });
    }
}
