using System.Buffers;
using Guard.Core.Hosting;
using Guard.Core.Watching.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Alerts;

/// <summary>
/// Sends starts and ends of alerts to a webhook, in their order, each at least once. Its own loop reads durable events after a cursor of its own, so
/// nothing here ever holds up a decision. Where several processes share the cursor, one of them sends.
/// </summary>
/// <remarks>
/// <para>A delivery has the id of the event, the same on every try and after every restart, by which the receiver tells repeats. The cursor moves when the
/// receiver has taken an event. A webhook that was never used begins with what comes next.</para>
/// <para>A receiver that does not answer, or answers with 401, 404, 429, 500 or a redirect, is tried until it takes the event; meanwhile the host keeps
/// its newest alert events only, and what it dropped is said. One that answers 410 gets nothing more until the next start.</para>
/// </remarks>
public sealed partial class WebhookDelivery : IHostedLifecycleService, IDisposable
{
    private const int PageSize = 100;

    private readonly IAlertEvents _events;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookDelivery> _logger;
    private readonly IWebhookCursor _cursor;
    private readonly WebhookInstruments _instruments;
    private readonly WebhookSender _sender;
    private readonly CancellationTokenSource _stop = new();
    private readonly ArrayBufferWriter<byte> _payload = new();
    private Task _loop = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Prepares delivery.</summary>
    /// <param name="events">The alert events.</param>
    /// <param name="options">Where they go.</param>
    /// <param name="cursor">Up to where they went.</param>
    /// <param name="instruments">Told of failures and losses.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Where faults are told.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it and the mend.</exception>
    public WebhookDelivery(IAlertEvents events, WebhookOptions options, IWebhookCursor cursor, WebhookInstruments instruments, TimeProvider clock, ILogger<WebhookDelivery> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(instruments);
        options.Validate();
        (_events, _options, _cursor, _instruments, _clock, _logger) = (events, options, cursor, instruments, clock, logger);
        _sender = new WebhookSender(options, clock);
    }

    /// <summary>Gets the number of the alert event up to which all was delivered or given up.</summary>
    public long Delivered { get; private set; }

    /// <summary>Gets why deliveries are behind, in one line; <see langword="null"/> while they are not.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins, once the host has started and thereby recovered its alerts.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Breaks off what is under way; it is sent again after the next start.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _loop.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Services that stand under two names are disposed twice.
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _sender.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            var wantsMore = true;
            while (wantsMore)
            {
                try
                {
                    Delivered = await BeginAsync(stop);
                    if (_options.CursorFile is null)
                    {
                        LogTurn(Delivered + 1);
                    }

                    using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop, _cursor.Turn);
                    wantsMore = await DeliverAllAsync(turn.Token);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    // What failed here is the next one's to find out.
                    Recovered();
                    LogTurnLost();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception fault)
        {
            Fail($"The delivery of alerts broke off: {fault.Message}");
            LogBroken(fault);
        }

        await _cursor.EndAsync();
    }

    /// <summary>Delivers what comes, for as long as the turn lasts; returns whether the receiver wants more.</summary>
    private async Task<bool> DeliverAllAsync(CancellationToken turn)
    {
        while (true)
        {
            await _events.WaitAsync(Delivered, turn);
            foreach (var alertEvent in await _events.ReadAsync(Delivered, PageSize, turn))
            {
                if (alertEvent.Number > Delivered + 1)
                {
                    _instruments.Lost(alertEvent.Number - Delivered - 1);
                    LogMissed(alertEvent.Number - Delivered - 1);
                }

                if (!await DeliverAsync(alertEvent, turn))
                {
                    return false;
                }

                Delivered = alertEvent.Number;
                await KeepAsync(turn);
            }
        }
    }

    /// <summary>Finds where to go on.</summary>
    private async Task<long> BeginAsync(CancellationToken stop)
    {
        long? kept;
        try
        {
            kept = await _cursor.BeginAsync(stop);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogCursorUnread(fault.Message);
            kept = -1;
        }

        var last = await _events.LastAsync(stop);
        switch (kept)
        {
            case null:
                Delivered = last;
                await KeepAsync(stop);
                return Delivered;
            case < 0:
                LogCursorDamaged();
                return 0;
            case { } number when number > last:
                // The host's state is older than the cursor: what it will number from here on is new.
                LogCursorAhead(number, last);
                return last;
            default:
                return kept.Value;
        }
    }

    /// <summary>Tries until the receiver takes an event or refuses it for good; returns whether it wants more.</summary>
    private async Task<bool> DeliverAsync(AlertEvent alertEvent, CancellationToken stop)
    {
        _payload.ResetWrittenCount();
        AlertEventWriter.Write(_payload, alertEvent);
        for (var tries = 1; ; tries++)
        {
            var answer = await _sender.SendAsync(alertEvent.Id, _payload.WrittenMemory, stop);
            switch (answer.Kind)
            {
                case WebhookAnswerKind.Delivered:
                    Recovered();
                    return true;
                case WebhookAnswerKind.Gone:
                    Fail("The webhook's receiver wants no more alerts (410): give another address, or restart to try again.");
                    LogGone(_options.Address.Host);
                    return false;
                case WebhookAnswerKind.Refused when tries >= _options.RefusedTries:
                    _instruments.Lost(1);
                    LogRefused(alertEvent.Id, tries, answer.Text);
                    return true;
                default:
                    var wait = WebhookBackoff.After(_options, tries, answer.RetryAfter, WebhookBackoff.Chance());
                    Fail($"The webhook's receiver at {_options.Address.Host} did not take an alert ({answer.Text}).");
                    LogFailed(alertEvent.Id, tries, _options.Address.Host, answer.Text, wait);
                    await Task.Delay(wait, _clock, stop);
                    break;
            }
        }
    }

    private void Fail(string fault)
    {
        Fault = fault;
        _instruments.Failed();
    }

    private void Recovered()
    {
        Fault = null;
        _instruments.Works();
    }

    private async Task KeepAsync(CancellationToken turn)
    {
        try
        {
            await _cursor.KeepAsync(Delivered, turn);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Not worth holding back alerts for: after a restart some come twice, and their ids tell.
            LogCursorUnwritten(fault.Message);
        }
    }
}
