using System.Text;
using System.Text.Json;
using Guard.Cli.Api;
using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>
/// A producer as one should be: sends body after body in order, waits where the Guard is busy, and sends a body again until
/// it is acknowledged. What is not answered as it should be is a finding.
/// </summary>
/// <param name="stream">What it sends.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="patience">How long it waits for an answer before it sends a body again; <see langword="null"/> for two minutes, after which no answer is a finding.</param>
internal sealed class Producer(TortureStream stream, Findings findings, TimeSpan? patience = null)
{
    private const int KeptUsers = 200;
    private readonly Queue<string> _users = new();
    private bool _acknowledged = true;

    /// <summary>Gets users of the events sent last.</summary>
    public IEnumerable<string> Users => _users.Distinct(StringComparer.Ordinal);

    /// <summary>Gets the bodies acknowledged.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets the events acknowledged.</summary>
    public long Events { get; private set; }

    /// <summary>Gets how often the Guard said that it is unfit or that too much waits.</summary>
    public long Refused { get; private set; }

    /// <summary>Gets how often there was no answer in time.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Gets what it said the last time.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Sends the body that is due, once.</summary>
    /// <returns>Whether the Guard is still there; the body is due again where it is not, or was busy.</returns>
    public async Task<bool> SendNextAsync(GuardApi api, CancellationToken cancellation)
    {
        if (_acknowledged)
        {
            stream.MoveNext();
            _acknowledged = false;
            KeepUser();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience ?? Timeout.InfiniteTimeSpan);
        try
        {
            if (stream.IsOneClick)
            {
                var answer = await api.ScoreAsync(stream.Body, limit.Token);
                if (!answer.GetProperty("durable").GetBoolean())
                {
                    // A decision and no acknowledgement: the same again waits for the disk.
                    return true;
                }
            }
            else
            {
                var receipt = await api.SendAsync(stream.Body, gzip: Sent % 7 == 3, limit.Token);
                var told = receipt.Accepted + receipt.Duplicates + receipt.Quarantined;
                findings.Require(told == stream.Count, $"body {Sent}: {stream.Count} events were sent and the receipt tells of {told}");
            }

            (_acknowledged, Sent, Events) = (true, Sent + 1, Events + stream.Count);
        }
        catch (ApiException refused) when (refused.IsBusy)
        {
            (Refused, Refusal) = (Refused + 1, refused.Message);
            await Task.Delay(refused.RetryAfter < TimeSpan.FromSeconds(1) ? refused.RetryAfter : TimeSpan.FromSeconds(1), TimeProvider.System, cancellation);
        }
        catch (ApiException refused) when (stream.IsOneClick && (int)refused.Status is 400 or 422)
        {
            // A click that no Guard takes goes to quarantine; scoring says so.
            (_acknowledged, Sent, Events) = (true, Sent + 1, Events + 1);
        }
        catch (Exception refused) when (refused is ApiException or JsonException)
        {
            findings.Add($"body {Sent} of {stream.Count} events: {refused.Message}");
            (_acknowledged, Sent) = (true, Sent + 1);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            Unanswered++;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            findings.Add($"body {Sent} of {stream.Count} events had no answer within two minutes");
            return false;
        }
        catch (HttpRequestException)
        {
            return false;
        }

        return true;
    }

    /// <summary>Sends body after body until the server is gone.</summary>
    public async Task SendAllAsync(ServerProcess server, CancellationToken cancellation)
    {
        while (await SendNextAsync(server.Api, cancellation))
        {
        }
    }

    private void KeepUser()
    {
        var text = stream.Body.Span;
        var start = text.IndexOf("\"userId\":\""u8) + "\"userId\":\"".Length;
        var length = text[start..].IndexOf((byte)'"');
        if (start > "\"userId\":\"".Length && length is > 0 and < 64)
        {
            _users.Enqueue(Encoding.UTF8.GetString(text.Slice(start, length)));
            if (_users.Count > KeptUsers)
            {
                _users.Dequeue();
            }
        }
    }
}
