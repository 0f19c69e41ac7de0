using Microsoft.Extensions.Logging;

namespace Guard.Server.Alerts;

public sealed partial class WebhookDelivery
{
    [LoggerMessage(LogLevel.Warning, "Alert event {Id}: try {Tries} to deliver it to {Host} failed ({Answer}); next in {Wait}.")]
    private partial void LogFailed(string id, int tries, string host, string answer, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "Alert event {Id} is given up: the receiver refused it {Tries} times ({Answer}).")]
    private partial void LogRefused(string id, int tries, string answer);

    [LoggerMessage(LogLevel.Error, "The webhook's receiver at {Host} wants no more alerts (410): give another address, or restart to try again.")]
    private partial void LogGone(string host);

    [LoggerMessage(LogLevel.Error, "{Count} alert events were dropped before they could be delivered: the receiver was away for too long.")]
    private partial void LogMissed(long count);

    [LoggerMessage(LogLevel.Warning, "The webhook's cursor is damaged: all alert events that are kept are delivered again.")]
    private partial void LogCursorDamaged();

    [LoggerMessage(LogLevel.Warning, "The webhook's cursor cannot be read: {Fault}")]
    private partial void LogCursorUnread(string fault);

    [LoggerMessage(LogLevel.Warning, "The webhook's cursor cannot be written, so a restart may repeat deliveries: {Fault}")]
    private partial void LogCursorUnwritten(string fault);

    [LoggerMessage(LogLevel.Warning, "The webhook has delivered up to alert event {Cursor}, but the host's newest is {Last}: its state is older. Delivery goes on with the next.")]
    private partial void LogCursorAhead(long cursor, long last);

    [LoggerMessage(LogLevel.Information, "This process delivers alerts from event {Number} on.")]
    private partial void LogTurn(long number);

    [LoggerMessage(LogLevel.Information, "Another process delivers alerts now.")]
    private partial void LogTurnLost();

    [LoggerMessage(LogLevel.Error, "The delivery of alerts broke off, and begins again with the next start.")]
    private partial void LogBroken(Exception fault);
}
