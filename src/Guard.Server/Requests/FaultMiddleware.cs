using System.Diagnostics;
using System.Reflection;
using Guard.Core.Hosting;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Requests;

/// <summary>Turns every fault, and every error without a body, into problem details.</summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ServerInstruments instruments, ILogger<FaultMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
            {
                await Problems.WriteAsync(context, context.Response.StatusCode);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            Log(context, e);
            context.Abort();
        }
        catch (RequestFault e)
        {
            await Problems.WriteAsync(context, e.Status, e.Message, e.RetryAfter);
        }
        catch (BusyException e)
        {
            var status = e.Unfit ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests;
            instruments.Refused(e.Unfit ? "unfit" : "busy");
            LogBusy(RouteOf(context), status, e.Message);
            await Problems.WriteAsync(context, status, e.Message, e.RetryAfter);
        }
        catch (BadHttpRequestException e)
        {
            await Problems.WriteAsync(context, e.StatusCode, UnreadableParameter(context, e));
        }
        catch (Exception e)
        {
            Log(context, e);
            await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private void Log(HttpContext context, Exception e) =>
        LogFault(RouteOf(context), FaultNames.Of(e), Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, e.StackTrace ?? "no stack");

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "a request without a route";

    // The framework's own text quotes the value.
    private static string? UnreadableParameter(HttpContext context, BadHttpRequestException e)
    {
        var parameter = context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
            .FirstOrDefault(parameter => e.Message.Contains($" {parameter.Name}\"", StringComparison.Ordinal));
        return parameter is null ? null : $"The parameter {parameter.Name} cannot be read; /openapi/v1.json says what it may be.";
    }
}
