using Guard.Simulation.Events;

namespace Guard.Simulation;

/// <summary>What is on its way to the stream: late clicks, events sent again, and purchases yet to come.</summary>
internal sealed class DeliveryQueue
{
    private readonly TimeHeap _calendar = new(1024);
    private readonly Stack<int> _free = [];
    private (DeliveryKind Kind, SimulatedClick Click)[] _slots = new (DeliveryKind, SimulatedClick)[1024];
    private int _used;

    public long NextTime => _calendar.NextTime;

    public void Add(long arrival, DeliveryKind kind, in SimulatedClick click)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, slot * 2);
            }
        }

        _slots[slot] = (kind, click);
        _calendar.Add(arrival, slot);
    }

    public DeliveryKind Take(out SimulatedClick click)
    {
        var slot = _calendar.NextIndex;
        _calendar.RemoveNext();
        _free.Push(slot);
        click = _slots[slot].Click;
        return _slots[slot].Kind;
    }
}
