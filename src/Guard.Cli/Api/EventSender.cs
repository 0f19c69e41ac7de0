using System.Text.Json;
using Guard.Cli.Terminal;

namespace Guard.Cli.Api;

/// <summary>
/// Sends bodies of events until each is taken in: waits where the Guard is busy, and sends again where the connection broke,
/// since what was taken in already counts as a duplicate.
/// </summary>
/// <param name="api">The Guard.</param>
/// <param name="gzip">Whether bodies are compressed.</param>
/// <param name="patience">How long to go on without success.</param>
/// <param name="time">The clock of the waiting.</param>
internal sealed class EventSender(GuardApi api, bool gzip, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan s_reconnect = TimeSpan.FromMilliseconds(250);
    private bool _reached;

    /// <summary>Gets why the sender waits at this moment, in a few words; <see langword="null"/> where it does not.</summary>
    public string? Waiting { get; private set; }

    /// <summary>Sends one body.</summary>
    /// <exception cref="CommandException">The Guard refused it, was never there, or took nothing in for longer than the patience.</exception>
    public async Task<SendReceipt> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var receipt = await api.SendAsync(lines, gzip, cancellation);
                (_reached, Waiting) = (true, null);
                return receipt;
            }
            catch (ApiException busy) when (busy.IsBusy && time.GetElapsedTime(began) < patience)
            {
                (_reached, Waiting) = (true, "the Guard is busy");
                await Task.Delay(busy.RetryAfter, time, cancellation);
            }
            catch (ApiException refused)
            {
                throw new CommandException($"{api.Address}: {refused.Message}");
            }
            catch (JsonException)
            {
                throw new CommandException($"{api.Address} answers otherwise than a Guard does: give a Guard's address.");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandException($"{api.Address} took the events and gave no answer: see what holds the Guard up, and send them again.");
            }
            catch (HttpRequestException) when (_reached && time.GetElapsedTime(began) < patience)
            {
                Waiting = "the Guard does not answer";
                await Task.Delay(s_reconnect, time, cancellation);
            }
            catch (HttpRequestException gone)
            {
                throw new CommandException($"{api.Address} does not answer ({gone.Message}): start a Guard with 'guard serve', or give its address.");
            }
        }
    }
}
