using Guard.Core.Hosting;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Guard.Server.Api;

/// <summary>Reads decisions for those who wait for them: a page that may take a while, or a stream without end.</summary>
internal sealed class DecisionReading(
    IDecisionLog log, GuardServerOptions options, TimeProvider time, ServerInstruments instruments, IHostApplicationLifetime lifetime)
{
    /// <summary>Reads a page; where it would be empty, waits for a decision.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="wait">How long to wait at most.</param>
    /// <param name="aborted">The caller has gone.</param>
    public async ValueTask<DecisionPage> PageAsync(DecisionQuery query, TimeSpan wait, CancellationToken aborted)
    {
        var page = await log.ReadAsync(query, aborted);
        if (page.Decisions.Count > 0 || wait == TimeSpan.Zero)
        {
            return page;
        }

        using var late = new CancellationTokenSource(wait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted, lifetime.ApplicationStopping);
        instruments.Watching(1);
        try
        {
            var missed = page.Missed;
            while (page.Decisions.Count == 0)
            {
                await log.WaitAsync(page.Next, end.Token);
                page = await log.ReadAsync(query with { After = page.Next }, end.Token);
                missed += page.Missed;
                page = page with { Missed = missed };
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The wait is over; the caller asks again from the same place.
        }
        finally
        {
            instruments.Watching(-1);
        }

        return page;
    }

    /// <summary>Sends decisions as server-sent events until the caller goes or the server stops.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">What to read, and from where.</param>
    public async Task StreamAsync(HttpContext context, DecisionQuery query)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var events = new DecisionEvents(context.Response);
        instruments.Watching(1);
        try
        {
            await events.BeginAsync(end.Token);
            while (true)
            {
                var page = await log.ReadAsync(query, end.Token);
                await events.WriteAsync(page, query.After, end.Token);
                query = query with { After = page.Next };
                if (page.Decisions.Count == 0 && log.Last <= page.Next && !await WaitAsync(page.Next, end.Token))
                {
                    await events.BeatAsync(end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // A client comes again by itself and says where it was.
        }
        finally
        {
            instruments.Watching(-1);
        }
    }

    private async ValueTask<bool> WaitAsync(long after, CancellationToken end)
    {
        using var heartbeat = new CancellationTokenSource(options.Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(heartbeat.Token, end);
        try
        {
            await log.WaitAsync(after, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return false;
        }
    }
}
