using System.Runtime.CompilerServices;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Estimation.Detection;

/// <summary>The distribution of a stream's evidence as a histogram: from it the calibrated score and the decision.</summary>
/// <remarks>
/// The decision is that of <see cref="AbstainingThreshold"/> read the other way round, so that it needs counts and no stored values: the score
/// lies above (below) every value that the quantile may have if so many rows lie surely below (so few at or below) it that the ranks of
/// <see cref="RankBounds"/> are passed. Rows of the same bin count against both, which costs abstentions and never a mistake. Counts are halved at
/// <see cref="Memory"/> rows, so that the tail follows a stream that changes.
/// </remarks>
internal struct EvidenceTail
{
    public const int Bins = 32;
    private const int Memory = 1 << 15;
    private const int TailRows = 10;
    private const double BinWidth = 0.5;

    private HistogramBuffer _counts;
    private int _rows;

    /// <summary>Returns −log10 of the share of rows with at least this much evidence.</summary>
    public readonly double Score(double evidence)
    {
        var place = Math.Min(evidence / BinWidth, Bins - 1e-9);
        var bin = (int)place;
        long above = 0;
        var excess = 0.0;
        var at = Bins - 1;
        for (; at > bin; at--)
        {
            above += _counts[at];
            excess += _counts[at] * (at + 0.5) * BinWidth;
            if (above >= TailRows)
            {
                break;
            }
        }

        if (at > bin)
        {
            // Many rows lie above: the empirical share.
            for (at--; at > bin; at--)
            {
                above += _counts[at];
            }

            return Share(above + (_counts[bin] * (bin + 1 - place)));
        }

        // Few lie above: an exponential tail through the last rows.
        for (; at > 0; at--)
        {
            above += _counts[at];
            excess += _counts[at] * (at + 0.5) * BinWidth;
            if (above >= TailRows)
            {
                break;
            }
        }

        if (above < TailRows)
        {
            return Share(0);
        }

        var threshold = at * BinWidth;
        var mean = Math.Max((excess / above) - threshold, BinWidth / 2);
        return Share(above) + ((evidence - threshold) / mean / Math.Log(10));
    }

    /// <summary>Decides on evidence by what was learned before it.</summary>
    public readonly ThresholdDecision Decide(double evidence, RankBounds bounds)
    {
        if (_rows == 0)
        {
            return ThresholdDecision.Abstain;
        }

        var bin = Math.Min((int)(evidence / BinWidth), Bins - 1);
        long below = 0;
        for (var i = 0; i < bin; i++)
        {
            below += _counts[i];
        }

        var rows = RankBounds.GridPointAtMost(_rows);
        var later = _rows - rows;
        return below > bounds.Upper(rows) + later ? ThresholdDecision.Anomaly
            : below + _counts[bin] < bounds.Lower(rows) ? ThresholdDecision.Benign
            : ThresholdDecision.Abstain;
    }

    /// <summary>Learns evidence.</summary>
    public void Add(double evidence)
    {
        _counts[Math.Min((int)(evidence / BinWidth), Bins - 1)]++;
        if (++_rows < Memory)
        {
            return;
        }

        _rows = 0;
        for (var i = 0; i < Bins; i++)
        {
            _counts[i] >>= 1;
            _rows += _counts[i];
        }
    }

    private readonly double Share(double above) => Math.Max(0, Math.Log10((_rows + 1.0) / (above + 1)));

    [InlineArray(Bins)]
    private struct HistogramBuffer
    {
        private ushort _first;
    }
}
