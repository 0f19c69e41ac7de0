using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>
/// How rare a value of a nonnegative statistic is: the greatest of its block maxima and their mean, and from these −log10 of the share of
/// blocks that reach so high.
/// </summary>
/// <remarks>
/// Maxima of blocks rather than single values, since extremes of telemetry come in runs (the declustering of extreme-value statistics). Beyond
/// the record the rarity rises with the logarithm of the excess, as in the tail of a power law. Logarithms are kept in half precision. A record
/// fades by an octave in <see cref="Tuning.FadeBlocks"/> blocks: the caller adds the fading since the last <see cref="Rebase"/> to every
/// logarithm it passes, so that old records sink against new values. How many blocks came near the least remembered peak is counted, for
/// extremes that return more often than peaks are remembered.
/// </remarks>
internal struct TailMemory
{
    public const int Peaks = 8;
    public const float Floor = -13;
    private const float HalfOfBlocks = 0.30103f;

    private PeakBuffer _peaks;
    private float _mean;
    private Half _open;
    private Half _high;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        for (var i = 0; i < Peaks; i++)
        {
            _peaks[i] = (Half)Floor;
        }

        _mean = Floor;
        _open = (Half)Floor;
        _high = default;
    }

    /// <summary>Returns −log10 of the share of blocks whose maximum reaches a value; 0 where all do or nothing is known.</summary>
    /// <param name="log">log2 of the value, with the fading added.</param>
    /// <param name="blocks">How many blocks are remembered.</param>
    public readonly double Rarity(float log, float blocks)
    {
        if (blocks < 1)
        {
            return 0;
        }

        log -= (float)Tuning.Tolerance;
        var above = (float)_peaks[Peaks - 1];
        if (log <= above)
        {
            return blocks < 2 * Peaks ? 0 : Usual(log, above, blocks);
        }

        above = (float)_peaks[0];
        if (log > above)
        {
            return Share(0, blocks) + (Tuning.BeyondRecord * (log - above));
        }

        for (var i = 1; ; i++)
        {
            var peak = (float)_peaks[i];
            if (log > peak)
            {
                return i > blocks ? 0 : Share(i - 0.5 + ((above - log) / (above - peak)), blocks);
            }

            above = peak;
        }
    }

    /// <summary>Counts a value towards the open block.</summary>
    public void Add(float log)
    {
        if (log > (float)_open)
        {
            _open = (Half)Math.Min(log, 120f);
        }
    }

    /// <summary>Closes the open block.</summary>
    /// <param name="blocks">How many blocks are remembered with this one.</param>
    public void Close(float blocks)
    {
        var peak = _open;
        _open = (Half)Floor;
        _mean += ((float)peak - _mean) / blocks;
        var reached = (float)peak >= (float)_peaks[Peaks - 1] - (float)Tuning.Tolerance;
        _high = (Half)(((float)_high * (1 - (1f / Tuning.MemoryBlocks))) + (reached ? 1 : 0));
        for (var i = 0; i < Peaks; i++)
        {
            var kept = _peaks[i];
            if (peak > kept)
            {
                _peaks[i] = peak;
                peak = kept;
            }
        }
    }

    /// <summary>Takes one octave of fading out of everything stored.</summary>
    public void Rebase()
    {
        for (var i = 0; i < Peaks; i++)
        {
            _peaks[i] = (Half)Math.Max((float)_peaks[i] - 1, Floor);
        }

        _mean -= 1;
        _open = (Half)Math.Max((float)_open - 1, Floor);
    }

    /// <summary>Between the least remembered peak and the mean, where half of the blocks lie above; below that, down to nothing within an octave.</summary>
    private readonly double Usual(float log, float peak, float blocks) =>
        log >= _mean && peak > _mean
            ? HalfOfBlocks + ((Share(Math.Max(Peaks, (float)_high), blocks) - HalfOfBlocks) * (log - _mean) / (peak - _mean))
            : HalfOfBlocks * Math.Clamp(1 + log - _mean, 0, 1);

    private static double Share(double above, float blocks) => Math.Log10((blocks + (2 * Tuning.Prior)) / (above + Tuning.Prior));

    [InlineArray(Peaks)]
    private struct PeakBuffer
    {
        private Half _first;
    }
}
