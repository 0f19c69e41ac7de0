using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Reading;

namespace Guard.Grains.Calibrating;

/// <summary>Decided clicks whose purchases have had time to arrive.</summary>
internal sealed class DecidedSample
{
    private readonly List<float> _scores = [];
    private readonly List<ClickFacts> _facts = [];
    private readonly HashSet<ulong> _purchased = [];

    /// <summary>Reads the clicks that a model scored in [<paramref name="from"/>, <paramref name="to"/>), and the purchases before <paramref name="knownBefore"/>.</summary>
    public static async Task<DecidedSample> ReadAsync(
        DecisionScan decisions, string model, DateTimeOffset from, DateTimeOffset to, DateTimeOffset knownBefore, CancellationToken cancellationToken)
    {
        var sample = new DecidedSample();
        await foreach (var (numbered, first) in decisions.AllAsync(cancellationToken))
        {
            sample.AddPurchases(numbered.Segment, knownBefore.ToUnixTimeMilliseconds());
            if (numbered.Segment.Model == model)
            {
                sample.AddClicks(numbered.Rows[first..], from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
            }
        }

        return sample;
    }

    /// <summary>Calibrates on the sample.</summary>
    /// <exception cref="CalibrationException">The sample does not allow it.</exception>
    public ThresholdSet Calibrate(CalibrationOptions options, string model)
    {
        bool[] purchasing = [.. _facts.Select(fact => _purchased.Contains(fact.Click))];
        return ThresholdCalibrator.Calibrate(new CalibrationSample(_scores.ToArray(), purchasing, _facts.ToArray()), options, model);
    }

    private void AddPurchases(DecisionSegment segment, long knownBefore)
    {
        foreach (ref readonly var purchase in RowBytes.Read<PurchaseRow>(segment.Purchases))
        {
            if (purchase.Time < knownBefore && purchase.Click != 0)
            {
                _purchased.Add(purchase.Click);
            }
        }
    }

    private void AddClicks(ReadOnlySpan<DecidedRow> rows, long from, long to)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Time >= from && row.Time < to)
            {
                _scores.Add(row.Score);
                _facts.Add(row.Facts());
            }
        }
    }
}
