using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Guard.Server.Alerts;

/// <summary>Posts one signed message and reads the status of the answer. Follows no redirect, keeps no cookie, reads no body.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookSender(WebhookOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        };
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public async Task<WebhookAnswer> SendAsync(string id, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = Request(id, payload);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(WebhookAnswerKind.Unfit, $"no answer within {_options.Timeout.TotalSeconds} s", default);
        }
        catch (HttpRequestException fault)
        {
            return new WebhookAnswer(WebhookAnswerKind.Unfit, $"{fault.HttpRequestError}: {fault.InnerException?.Message ?? fault.Message}", default);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(string id, ReadOnlyMemory<byte> payload)
    {
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Address) { Content = new ReadOnlyMemoryContent(payload) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', _options.Secrets.Select(secret => secret.Sign(id, timestamp, payload.Span))));
        return request;
    }

    private WebhookAnswer Read(HttpResponseMessage response)
    {
        var kind = response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => WebhookAnswerKind.Delivered,
            HttpStatusCode.Gone => WebhookAnswerKind.Gone,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity =>
                WebhookAnswerKind.Refused,
            _ => WebhookAnswerKind.Unfit,
        };
        var moved = response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest ? "; redirects are not followed, so give the address itself" : "";
        return new WebhookAnswer(kind, $"status {(int)response.StatusCode}{moved}", RetryAfter(response.Headers.RetryAfter));
    }

    private TimeSpan RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : TimeSpan.Zero);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
