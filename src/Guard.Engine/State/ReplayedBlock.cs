using Guard.Engine.Blocks;

namespace Guard.Engine.State;

/// <summary>One block among those of a <see cref="ReplayBatch"/>.</summary>
/// <param name="Position">Its position in the log.</param>
/// <param name="Time">The time that it bears, in Unix milliseconds.</param>
/// <param name="Start">Where its events begin.</param>
/// <param name="End">Where they end.</param>
internal readonly record struct ReplayedBlock(long Position, long Time, EventPlace Start, EventPlace End)
{
    /// <summary>Gets which clicks of the batch are the block's.</summary>
    public Range Clicks => Start.Clicks..End.Clicks;

    /// <summary>Gets which purchases are.</summary>
    public Range Purchases => Start.Purchases..End.Purchases;
}
