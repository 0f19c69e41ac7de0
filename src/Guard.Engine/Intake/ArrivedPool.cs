using System.Collections.Concurrent;
using Guard.Core.Clicks;

namespace Guard.Engine.Intake;

/// <summary>Arrivals and body readers that are used again. What an unusually long body made large is left to the garbage collector.</summary>
/// <param name="makeReader">Makes a reader.</param>
internal sealed class ArrivedPool(Func<BodyReader> makeReader)
{
    private const int MostKept = 256;
    private const int MostEvents = 16_384;
    private readonly ConcurrentBag<ArrivedEvents> _arrived = [];
    private readonly ConcurrentBag<BodyReader> _readers = [];

    public ArrivedEvents RentArrived() => _arrived.TryTake(out var arrived) ? arrived : new ArrivedEvents();

    public BodyReader RentReader() => _readers.TryTake(out var reader) ? reader : makeReader();

    public void Return(ArrivedEvents arrived)
    {
        if (arrived.Count <= MostEvents && _arrived.Count < MostKept)
        {
            arrived.Clear();
            _arrived.Add(arrived);
        }
    }

    public void Return(BodyReader reader)
    {
        if (_readers.Count < MostKept)
        {
            _readers.Add(reader);
        }
    }
}
