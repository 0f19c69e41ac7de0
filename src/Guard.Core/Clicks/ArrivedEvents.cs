using System.Runtime.InteropServices;

namespace Guard.Core.Clicks;

/// <summary>
/// Decoded events in the order of their arrival, of any kinds, before they are admitted. Many threads decode, each into
/// arrivals of its own; one admits them, in order. Reused, so that a click in the steady state allocates nothing.
/// </summary>
public sealed class ArrivedEvents
{
    private readonly List<Arrival> _arrivals = [];
    private readonly EventBatch _events = new();
    private int _next;
    private int _nextClick;
    private int _nextPurchase;
    private int _nextTelemetry;

    /// <summary>Gets how many events arrived.</summary>
    public int Count => _arrivals.Count;

    /// <summary>Gets how many of them were not yet admitted or found to be duplicates.</summary>
    public int Remaining => _arrivals.Count - _next;

    /// <summary>Gets the clicks that arrived. Their texts stand in <see cref="Text"/>. The span is valid until the next change.</summary>
    public ReadOnlySpan<Click> Clicks => _events.Clicks;

    /// <summary>Gets the text of a click that arrived.</summary>
    public ReadOnlySpan<byte> Text(TextRange range) => _events.Text(range);

    /// <summary>Appends a decoded event.</summary>
    public void Add(in DecodedEvent decoded)
    {
        decoded.AppendTo(_events, 0);
        _arrivals.Add(decoded.Arrival);
    }

    /// <summary>Appends a reading of Guard's own metrics, which has no duplicates.</summary>
    public void Add(TelemetryPoint own)
    {
        ArgumentNullException.ThrowIfNull(own);
        _events.Add(own);
        _arrivals.Add(new Arrival(EventKind.Telemetry, 0, own.Time));
    }

    /// <summary>Has the next event admitted, and appends it to a batch unless it is a duplicate.</summary>
    /// <param name="admission">Numbers clicks and knows duplicates.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="arrival">The event.</param>
    /// <exception cref="InvalidOperationException">None remains.</exception>
    public IntakeOutcome AdmitNext(Admission admission, EventBatch batch, out Arrival arrival)
    {
        ArgumentNullException.ThrowIfNull(admission);
        ArgumentNullException.ThrowIfNull(batch);
        if (_next == _arrivals.Count)
        {
            throw new InvalidOperationException("No event remains to be admitted.");
        }

        arrival = CollectionsMarshal.AsSpan(_arrivals)[_next++];
        var outcome = admission.Admit(arrival, out var sequence, out var lateness);
        var accepted = outcome == IntakeOutcome.Accepted;
        switch (arrival.Kind)
        {
            case EventKind.Click:
                ref readonly var click = ref _events.Clicks[_nextClick++];
                if (accepted)
                {
                    batch.Append(click, _events, sequence, lateness);
                }

                break;
            case EventKind.Purchase:
                ref readonly var purchase = ref _events.Purchases[_nextPurchase++];
                if (accepted)
                {
                    batch.Add(purchase);
                }

                break;
            default:
                var point = _events.Telemetry[_nextTelemetry++];
                if (accepted)
                {
                    batch.Add(point);
                }

                break;
        }

        return outcome;
    }

    /// <summary>Forgets all events and keeps the memory.</summary>
    public void Clear()
    {
        _arrivals.Clear();
        _events.Clear();
        _next = _nextClick = _nextPurchase = _nextTelemetry = 0;
    }
}
