using System.Diagnostics.CodeAnalysis;

namespace Guard.Engine.Intake;

/// <summary>What waits for the engine's loop: deliveries, bounded in bytes, and small works that need the state at rest. Many write, one reads.</summary>
/// <param name="capacity">The bytes of deliveries that may wait. One that is longer is let in alone.</param>
internal sealed class IntakeQueue(long capacity)
{
    private readonly object _lock = new();
    private readonly Queue<Delivery> _deliveries = new();
    private readonly Queue<Action> _works = new();
    private long _bytes;
    private bool _signalled;
    private bool _wakesForDeliveries;
    private bool _closed;
    private Func<Exception>? _abandoned;

    /// <summary>Gets the time at which the oldest waiting delivery came, or <see langword="null"/>.</summary>
    public long? Oldest
    {
        get
        {
            lock (_lock)
            {
                return _deliveries.TryPeek(out var delivery) ? delivery.ArrivedAt : null;
            }
        }
    }

    /// <summary>Gets whether nothing more is taken in.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Takes room for a delivery, before it is decoded.</summary>
    /// <returns>Whether there is room, and the queue is open.</returns>
    public bool TryReserve(long bytes)
    {
        lock (_lock)
        {
            if (_closed || (_bytes > 0 && _bytes + bytes > capacity))
            {
                return false;
            }

            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Gives room back.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _bytes -= bytes;
        }
    }

    /// <summary>Appends a delivery, whose room was taken. What was reserved before the queue closed is still let in.</summary>
    public void Enqueue(Delivery delivery)
    {
        lock (_lock)
        {
            if (_abandoned is null)
            {
                _deliveries.Enqueue(delivery);
                if (_wakesForDeliveries)
                {
                    Monitor.Pulse(_lock);
                }

                return;
            }
        }

        delivery.Fail(_abandoned());
    }

    /// <summary>Closes the queue, which nobody reads any more, and fails all that waits and comes.</summary>
    public void Abandon(Func<Exception> cause)
    {
        lock (_lock)
        {
            (_closed, _abandoned) = (true, cause);
        }

        while (TryDequeue(out var delivery))
        {
            delivery.Fail(cause());
        }
    }

    /// <summary>Has the loop do a small work between two batches.</summary>
    /// <returns><see langword="false"/> where the queue is closed.</returns>
    public bool TryPost(Action work)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _works.Enqueue(work);
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Wakes the loop.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            _signalled = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Closes the queue: what waits is still read.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits until there is something to do.</summary>
    /// <param name="readsDeliveries">Whether a delivery is something to do at this moment.</param>
    /// <param name="milliseconds">How long at most; 0 looks only.</param>
    public void Wait(bool readsDeliveries, int milliseconds)
    {
        lock (_lock)
        {
            if (!_signalled && _works.Count == 0 && (!readsDeliveries || _deliveries.Count == 0) && milliseconds > 0)
            {
                // Once the queue is closed, what was reserved is all that may still come.
                _wakesForDeliveries = readsDeliveries;
                Monitor.Wait(_lock, _closed ? 1 : milliseconds);
                _wakesForDeliveries = false;
            }

            _signalled = false;
        }
    }

    /// <summary>Takes the next delivery. Its room is given back when it is admitted.</summary>
    public bool TryDequeue([NotNullWhen(true)] out Delivery? delivery)
    {
        lock (_lock)
        {
            return _deliveries.TryDequeue(out delivery);
        }
    }

    /// <summary>Takes the next work.</summary>
    public bool TryWork([NotNullWhen(true)] out Action? work)
    {
        lock (_lock)
        {
            return _works.TryDequeue(out work);
        }
    }

    /// <summary>Gets whether neither deliveries nor reserved room are left.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
            {
                return _deliveries.Count == 0 && _bytes == 0;
            }
        }
    }
}
