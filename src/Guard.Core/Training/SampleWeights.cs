using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>
/// Weights under which training clicks count the same across hour of day, day of week (both UTC), logged-in status and
/// label: iterative proportional fitting (Deming and Stephan, 1940) makes each of the four weighted marginals uniform over
/// the categories that occur; then the extremes are clipped.
/// </summary>
/// <remarks>
/// Two rules keep thin data from being ruled by a few clicks; both are Guard's own. Hour and weekday are balanced only where
/// the labelled clicks span two of their cycles (2 and 14 days): in less, an hour or a weekday is one particular stretch of
/// time. And where the weights would leave a label less than <see cref="SampleWeightOptions.LeastEffectiveShare"/> of its
/// clicks' worth, they are tempered: raised to the greatest power below 1 that leaves that much. A power of 0 would balance the labels alone.
/// </remarks>
public sealed class SampleWeights
{
    private readonly float[] _values;

    private SampleWeights(float[] values) => _values = values;

    /// <summary>Gets one weight a click of the table: 0 for those left out, mean 1 over the others.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Gets (Σw)² / Σw² (Kish, 1965): of how many equally weighted clicks the sample has the worth.</summary>
    public double EffectiveSampleSize { get; private init; }

    /// <summary>Gets the effective sample size that the raked weights had before clipping and tempering.</summary>
    public double EffectiveSampleSizeUnclipped { get; private init; }

    /// <summary>Gets the greatest weight before clipping, where the mean is 1.</summary>
    public double LargestUnclipped { get; private init; }

    /// <summary>Gets the greatest weight.</summary>
    public double Largest { get; private init; }

    /// <summary>Gets the dimensions that were balanced, of hour, weekday, login and label.</summary>
    public IReadOnlyList<string> Balanced { get; private init; } = [];

    /// <summary>Gets the power to which the weights were raised within each label, from 0 to 1; 1 where nothing was tempered.</summary>
    public double Power { get; private init; } = 1;

    /// <summary>Gets how many rounds raking took.</summary>
    public int Rounds { get; private init; }

    /// <summary>Gets why raking did not reach its target, in words a person can act on; <see langword="null"/> where it did.</summary>
    /// <remarks>The weights are then those of the last round: usable, but not balanced.</remarks>
    public string? Problem { get; private init; }

    /// <summary>Gets whether raking reached its target.</summary>
    public bool Converged => Problem is null;

    /// <summary>Weighs the labelled clicks of a table.</summary>
    /// <param name="table">The clicks.</param>
    /// <param name="labels">One label a click.</param>
    /// <param name="options">Tolerance and cap; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is not one label a click, or no click is labelled.</exception>
    public static SampleWeights Rake(FeatureTable table, ReadOnlySpan<WeakLabel> labels, SampleWeightOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Require.That(labels.Length, labels.Length == table.Count, $"{table.Count}, one a click");
        options ??= new SampleWeightOptions();
        options.Validate();

        // Clicks of a cell weigh the same, so raking works on the counts of the 672 cells.
        var facts = table.Facts;
        var cells = new short[facts.Length];
        var counts = new long[CalendarCell.Count];
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = labels[row] == WeakLabel.Excluded ? (short)-1 : (short)CalendarCell.Of(facts[row].Time, facts[row].LoggedIn, labels[row]);
            if (cells[row] >= 0)
            {
                counts[cells[row]]++;
            }
        }

        var span = LearningSpan.Of(table, labels);
        int[] dimensions = [.. Enumerable.Range(0, CalendarCell.Names.Length).Where(d => span.Covers(CalendarCell.Cycle(d)))];
        var raking = new Raking(counts, dimensions);
        var problem = raking.Run(options.Tolerance / 2, options.MaxRounds);
        var weights = raking.Weights();
        var clipped = options.ClipMultiple is { } multiple ? Clip(weights, counts, multiple) : weights;
        var power = WeightTempering.Power(clipped, counts, options.LeastEffectiveShare);
        clipped = WeightTempering.Temper(clipped, counts, power);
        var values = new float[facts.Length];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = cells[row] < 0 ? 0 : (float)clipped[cells[row]];
        }

        return new SampleWeights(values)
        {
            EffectiveSampleSize = EffectiveSize(clipped, counts),
            EffectiveSampleSizeUnclipped = EffectiveSize(weights, counts),
            Largest = clipped.Max(),
            LargestUnclipped = weights.Max(),
            Balanced = [.. dimensions.Select(d => CalendarCell.Names[d])],
            Power = power,
            Rounds = raking.Rounds,
            Problem = problem,
        };
    }

    /// <summary>Caps weights within each label, and gives each label its total back.</summary>
    private static double[] Clip(double[] weights, long[] counts, double multiple)
    {
        var clipped = new double[weights.Length];
        for (var label = 0; label < 2; label++)
        {
            double total = 0, rows = 0, kept = 0;
            for (var cell = label; cell < weights.Length; cell += 2)
            {
                total += weights[cell] * counts[cell];
                rows += counts[cell];
            }

            var cap = rows == 0 ? 0 : multiple * total / rows;
            for (var cell = label; cell < weights.Length; cell += 2)
            {
                clipped[cell] = Math.Min(weights[cell], cap);
                kept += clipped[cell] * counts[cell];
            }

            for (var cell = label; kept > 0 && cell < weights.Length; cell += 2)
            {
                clipped[cell] *= total / kept;
            }
        }

        return clipped;
    }

    private static double EffectiveSize(double[] weights, long[] counts)
    {
        double sum = 0, squares = 0;
        for (var cell = 0; cell < weights.Length; cell++)
        {
            sum += weights[cell] * counts[cell];
            squares += weights[cell] * weights[cell] * counts[cell];
        }

        return sum * sum / squares;
    }
}
