using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Guard.Cli.Api;

/// <summary>A Guard answered that it did not do what was asked; the message is one line.</summary>
internal sealed class ApiException : Exception
{
    private static readonly TimeSpan s_usualWait = TimeSpan.FromSeconds(1);

    private ApiException(string message, HttpStatusCode status, TimeSpan retryAfter)
        : base(message) => (Status, RetryAfter) = (status, retryAfter);

    public HttpStatusCode Status { get; }

    /// <summary>Gets whether the same request may do later.</summary>
    public bool IsBusy => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>Gets when to come again.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>Does nothing after a success.</summary>
    public static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            var number = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            throw new ApiException($"the Guard answered {number}: {await ReasonAsync(response, cancellation)}", response.StatusCode, response.Headers.RetryAfter?.Delta ?? s_usualWait);
        }
    }

    /// <summary>Reads the problem details of RFC 9457, and where there are none the status.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (problem.RootElement.ValueKind == JsonValueKind.Object && (Text(problem.RootElement, "detail") ?? Text(problem.RootElement, "title")) is { } text)
            {
                return text.ReplaceLineEndings(" ");
            }
        }
        catch (JsonException)
        {
            // Something between answered, and not a Guard.
        }

        return response.ReasonPhrase ?? response.StatusCode.ToString();
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
