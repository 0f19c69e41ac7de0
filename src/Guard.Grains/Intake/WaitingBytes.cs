using Guard.Core.Hosting;

namespace Guard.Grains.Intake;

/// <summary>The room for what was sent to a silo and is not decided yet. Safe for concurrent use.</summary>
/// <param name="limit">The most bytes; a body that is longer alone is let in where nothing else waits.</param>
internal sealed class WaitingBytes(long limit)
{
    /// <summary>What a body takes beside its bytes.</summary>
    private const int Overhead = 1_024;
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private long _taken;

    /// <summary>Takes room for a body.</summary>
    /// <returns>What to give back.</returns>
    /// <exception cref="BusyException">There is none.</exception>
    public long Take(int length)
    {
        var charge = (long)length + Overhead;
        if (Interlocked.Add(ref _taken, charge) is var taken && taken > limit && taken > charge)
        {
            Interlocked.Add(ref _taken, -charge);
            throw new BusyException("more events wait than this silo holds", s_retry);
        }

        return charge;
    }

    /// <summary>Gives room back.</summary>
    public void Return(long charge) => Interlocked.Add(ref _taken, -charge);
}
