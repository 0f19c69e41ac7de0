using System.Runtime.InteropServices;
using Guard.Core.Clicks;
using Guard.Core.Scoring;
using Guard.Engine.Blocks;
using Guard.Engine.Log;
using Guard.Engine.Policy;

namespace Guard.Engine.State;

/// <summary>Blocks of a log that are replayed together, read out of it; the memory is used again.</summary>
/// <param name="payloadBytes">How much is read at a time: whole blocks until they have as many bytes.</param>
internal sealed class ReplayBatch(int payloadBytes)
{
    private readonly List<Decision> _decisions = [];
    private readonly List<ReplayedBlock> _blocks = [];
    private readonly List<(long Position, KeptPolicy Policy)> _policies = [];

    /// <summary>Gets the events of all blocks, the clicks without their texts.</summary>
    public EventBatch Events { get; } = new() { Partition = EngineState.Partition };

    /// <summary>Gets the order in which they were admitted.</summary>
    public AdmittedOrder Order { get; } = new();

    /// <summary>Gets the clicks' decisions.</summary>
    public ReadOnlySpan<Decision> Decisions => CollectionsMarshal.AsSpan(_decisions);

    /// <summary>Gets the blocks that hold decisions.</summary>
    public ReadOnlySpan<ReplayedBlock> Blocks => CollectionsMarshal.AsSpan(_blocks);

    /// <summary>Gets the policies that were told of, with the positions of their blocks.</summary>
    public IReadOnlyList<(long Position, KeptPolicy Policy)> Policies => _policies;

    /// <summary>Gets how many blocks there are of any kind; none at the end of the log.</summary>
    public int Count => _blocks.Count + _policies.Count;

    /// <summary>Reads what comes next, in place of what was read before.</summary>
    /// <param name="cursor">Where from.</param>
    /// <param name="end">The position before which to stop.</param>
    /// <exception cref="InvalidDataException">A block contradicts itself.</exception>
    public void Read(LogCursor cursor, long end)
    {
        Clear();
        for (var bytes = 0L; bytes < payloadBytes && cursor.Position < end && cursor.TryRead(out var block); bytes += block.Payload.Length)
        {
            if (KeptPolicy.Is(block.Payload.Span))
            {
                _policies.Add((block.Position, KeptPolicy.FromBlock(block.Payload.Span)));
            }
            else
            {
                Add(new DecidedBlock(block), block.Position);
            }
        }
    }

    private void Add(in DecidedBlock block, long position)
    {
        var start = Ends();
        block.CopyTo(Events, Order);
        for (var row = 0; row < block.Count; row++)
        {
            _decisions.Add(block.DecisionOf(row));
        }

        _blocks.Add(new ReplayedBlock(position, block.Time, start, Ends()));
    }

    private EventPlace Ends() => new(Order.Count, Events.Clicks.Length, Events.Purchases.Length, Events.Telemetry.Count);

    private void Clear()
    {
        Events.Clear();
        Order.Clear();
        _decisions.Clear();
        _blocks.Clear();
        _policies.Clear();
    }
}
