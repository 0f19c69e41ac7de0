using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Guard.Cli.Api;

/// <summary>The HTTP API of a running Guard. Safe for concurrent use.</summary>
internal sealed class GuardApi : IDisposable
{
    private static readonly MediaTypeHeaderValue s_ndjson = new("application/x-ndjson");
    private static readonly MediaTypeHeaderValue s_cloudEvent = new("application/cloudevents+json");
    private readonly HttpClient _http;

    /// <summary>Prepares to talk to a Guard; nothing is sent yet.</summary>
    /// <param name="address">Its address, such as <c>http://localhost:5080</c>.</param>
    /// <param name="key">The key for its API; <see langword="null"/> for none, which loopback allows.</param>
    public GuardApi(Uri address, string? key = null)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseProxy = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(2),
        };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Uri Address { get; }

    /// <summary>Sends events, one a line.</summary>
    /// <exception cref="ApiException">The Guard took nothing in.</exception>
    /// <exception cref="HttpRequestException">It could not be reached, or went away; what it took in is unknown.</exception>
    public async Task<SendReceipt> SendAsync(ReadOnlyMemory<byte> lines, bool gzip, CancellationToken cancellation)
    {
        using HttpContent content = gzip ? Compressed(lines) : new ReadOnlyMemoryContent(lines);
        content.Headers.ContentType = s_ndjson;
        using var response = await _http.PostAsync("v1/events", content, cancellation);
        await ApiException.ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<SendReceipt>(JsonSerializerOptions.Web, cancellation);
    }

    /// <summary>Has one click decided.</summary>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(click);
        content.Headers.ContentType = s_cloudEvent;
        using var response = await _http.PostAsync("v1/score", content, cancellation);
        await ApiException.ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    /// <summary>Reads a document of the API.</summary>
    /// <param name="path">Its path below the address, such as <c>v1/slices</c>.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(path, cancellation);
        await ApiException.ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    /// <summary>Gets whether the Guard is ready to take events.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("health/ready", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Compressed(ReadOnlyMemory<byte> lines)
    {
        var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(lines.Span);
        }

        var content = new ByteArrayContent(buffer.GetBuffer(), 0, (int)buffer.Length);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
