using Microsoft.Extensions.Logging;

namespace Guard.Server.Requests;

internal sealed partial class FaultMiddleware
{
    // The message of an exception may quote what it could not read, so it stays out; type and stack find the fault.
    [LoggerMessage(Level = LogLevel.Error, Message = "{Route} failed with {Exception}, trace {TraceId}:\n{Stack}")]
    private partial void LogFault(string route, string exception, string traceId, string stack);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Route} answered {Status}: {Detail}")]
    private partial void LogBusy(string route, int status, string detail);
}
