using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Intake;
using Guard.Engine.Replay;

namespace Guard.Cli.Options;

/// <summary>Opened events, with what was counted of them and where the rejected ones go.</summary>
internal sealed class OpenInput(IEventSource source, IntakeCounts counts, QuarantineFile? quarantine) : IDisposable
{
    public IntakeCounts Counts => counts;

    /// <summary>Gets what ended the input before its end, such as a gzip file that is cut short.</summary>
    public InputException? Damage { get; private set; }

    /// <summary>Reads all events into a consumer. Damage after the first events ends the reading and is kept for the command to report.</summary>
    /// <exception cref="InputException">Nothing could be read.</exception>
    public async Task PumpAsync(Func<EventBatch, CancellationToken, ValueTask> consume, CancellationToken cancellation)
    {
        try
        {
            await EventPump.RunAsync(source, consume, cancellationToken: cancellation);
        }
        catch (InputException damage) when (counts.Clicks + counts.Purchases + counts.Telemetry > 0)
        {
            Damage = damage;
        }

        quarantine?.Complete();
    }

    public void Dispose()
    {
        quarantine?.Dispose();
        (source as IDisposable)?.Dispose();
    }
}
