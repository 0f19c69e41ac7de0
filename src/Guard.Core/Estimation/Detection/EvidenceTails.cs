using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>The tails of every kind of evidence of a channel, and their weighed sum.</summary>
/// <remarks>A sum of −log p is Fisher's way to combine tests. The kinds depend on each other, so the sum is not itself a −log p: <see cref="EvidenceTail"/> calibrates it.</remarks>
internal struct EvidenceTails
{
    private TailBuffer _tails;
    private float _blocks;
    private float _fade;
    private int _inBlock;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        this = default;
        for (var i = 0; i < Evidence.Count; i++)
        {
            _tails[i].Clear();
        }
    }

    /// <summary>Sums the rarity of the statistics, then learns them.</summary>
    /// <param name="statistics">One value, not negative, for each kind.</param>
    /// <param name="precedent">Whether the value has a precedent at its hour, which makes it less remarkable.</param>
    public double Weigh(ReadOnlySpan<double> statistics, bool precedent)
    {
        var weights = Evidence.Weights;
        var precedents = Evidence.Precedents;
        var sum = 0.0;
        for (var i = 0; i < Evidence.Count; i++)
        {
            if (statistics[i] < Tuning.Negligible)
            {
                continue;
            }

            var log = Math.Min(MathF.Log2((float)Math.Min(statistics[i], 1e30)), 100) + _fade;
            var rarity = _tails[i].Rarity(log, _blocks);
            sum += weights[i] * Math.Min(precedent ? rarity * precedents[i] : rarity, Tuning.EvidenceCap);
            _tails[i].Add(log);
        }

        if (++_inBlock == Tuning.BlockRows)
        {
            CloseBlock();
        }

        return sum;
    }

    private void CloseBlock()
    {
        _inBlock = 0;
        _blocks = Math.Min(_blocks + 1, Tuning.MemoryBlocks);
        for (var i = 0; i < Evidence.Count; i++)
        {
            _tails[i].Close(_blocks);
        }

        _fade += 1f / Tuning.FadeBlocks;
        if (_fade < 1)
        {
            return;
        }

        _fade -= 1;
        for (var i = 0; i < Evidence.Count; i++)
        {
            _tails[i].Rebase();
        }
    }

    [InlineArray(Evidence.Count)]
    private struct TailBuffer
    {
        private TailMemory _first;
    }
}
