using System.Net;
using System.Text.Json;
using Guard.Engine.Tests;

namespace Guard.Server.Tests.Hosting;

/// <summary>A client of server-sent events.</summary>
internal sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    public static async Task<EventStream> OpenAsync(HttpClient client, string path, string? lastEvent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEvent is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEvent);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public Task<string?> LineAsync() => Waiting.ForAsync(reader.ReadLineAsync);

    /// <summary>Reads the next event: its id, its type and, of a decision, the click.</summary>
    public async Task<(string? Id, string? Type, string? Click)> NextAsync()
    {
        var (id, type, data) = ((string?)null, (string?)null, (string?)null);
        while (await LineAsync() is { } line)
        {
            (id, type, data) = line.Split(": ", 2) switch
            {
                ["id", var value] => (value, type, data),
                ["event", var value] => (id, value, data),
                ["data", var value] => (id, type, value),
                _ => (id, type, data),
            };
            if (line.Length == 0 && data is not null)
            {
                return (id, type, JsonDocument.Parse(data).RootElement.TryGetProperty("id", out var click) ? click.GetString() : null);
            }
        }

        throw new EndOfStreamException();
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
