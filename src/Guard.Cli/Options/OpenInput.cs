using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Intake;
using Guard.Engine.Replay;

namespace Guard.Cli.Options;

/// <summary>Opened events, with what was counted of them and where the rejected ones go.</summary>
internal sealed class OpenInput(IEventSource source, IntakeCounts counts, QuarantineFile? quarantine, ReadingProgress progress) : IDisposable
{
    public IntakeCounts Counts => counts;

    /// <summary>Gets what ended the input before its end, such as a gzip file that is cut short.</summary>
    public InputException? Damage { get; private set; }

    /// <summary>Reads all events into a consumer. Damage after the first events ends the reading and is kept for the command to report.</summary>
    /// <param name="consume">Takes each batch.</param>
    /// <param name="share">Is told which share of the input was read, where that is known.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="InputException">Nothing could be read.</exception>
    public async Task PumpAsync(Func<EventBatch, CancellationToken, ValueTask> consume, IProgress<double> share, CancellationToken cancellation)
    {
        progress.Target = share;
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
