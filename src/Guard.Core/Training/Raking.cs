namespace Guard.Core.Training;

/// <summary>Iterative proportional fitting of the calendar cells to uniform marginals along some dimensions.</summary>
internal sealed class Raking
{
    private readonly int[] _dimensions;
    private readonly long[] _counts;
    private readonly double[] _mass;
    private readonly long _total;

    /// <summary>Starts from the clicks' counts.</summary>
    /// <exception cref="ArgumentException">There is no click.</exception>
    public Raking(long[] counts, params int[] dimensions)
    {
        _dimensions = dimensions;
        _counts = counts;
        _total = counts.Sum();
        if (_total == 0)
        {
            throw new ArgumentException("No click is labelled, so there is nothing to weigh: take a longer span or a shorter maturity.", nameof(counts));
        }

        _mass = Array.ConvertAll(counts, c => (double)c / _total);
    }

    /// <summary>Gets how many rounds were done.</summary>
    public int Rounds { get; private set; }

    /// <summary>Rakes until no category's share is further off its target than a tolerance, relative to the target.</summary>
    /// <returns>What stands in the way, or <see langword="null"/>.</returns>
    public string? Run(double tolerance, int maxRounds)
    {
        while (true)
        {
            var (deviation, dimension, category, share, target) = Worst();
            if (deviation <= tolerance)
            {
                return null;
            }

            if (Rounds == maxRounds)
            {
                return $"After {maxRounds} rounds {CalendarCell.Names[dimension]} {category} still holds {share:P4} of the weight instead of {target:P4}: " +
                    $"{EmptyCombinations()} combinations of hour, weekday, login and label that occur one by one have no click together; take a longer span.";
            }

            foreach (var d in _dimensions)
            {
                Fit(d);
            }

            Rounds++;
        }
    }

    /// <summary>Gets the weight of a click of each cell, with mean 1 over the clicks; 0 for an empty cell.</summary>
    public double[] Weights()
    {
        var weights = new double[_mass.Length];
        var sum = _mass.Sum();
        for (var cell = 0; cell < weights.Length; cell++)
        {
            weights[cell] = _counts[cell] == 0 ? 0 : _mass[cell] / sum * _total / _counts[cell];
        }

        return weights;
    }

    private void Fit(int dimension)
    {
        var marginal = Marginal(dimension);
        var target = 1.0 / marginal.Count(m => m > 0);
        for (var cell = 0; cell < _mass.Length; cell++)
        {
            if (_mass[cell] > 0)
            {
                _mass[cell] *= target / marginal[CalendarCell.Category(cell, dimension)];
            }
        }
    }

    private double[] Marginal(int dimension)
    {
        var marginal = new double[CalendarCell.Sizes[dimension]];
        for (var cell = 0; cell < _mass.Length; cell++)
        {
            marginal[CalendarCell.Category(cell, dimension)] += _mass[cell];
        }

        return marginal;
    }

    private (double Deviation, int Dimension, int Category, double Share, double Target) Worst()
    {
        (double Deviation, int Dimension, int Category, double Share, double Target) worst = default;
        foreach (var d in _dimensions)
        {
            var marginal = Marginal(d);
            var target = 1.0 / marginal.Count(m => m > 0);
            for (var category = 0; category < marginal.Length; category++)
            {
                var deviation = Math.Abs(marginal[category] / target - 1);
                if (marginal[category] > 0 && deviation > worst.Deviation)
                {
                    worst = (deviation, d, category, marginal[category], target);
                }
            }
        }

        return worst;
    }

    private int EmptyCombinations()
    {
        var marginals = Array.ConvertAll(CalendarCell.Names, name => Marginal(Array.IndexOf(CalendarCell.Names, name)));
        var empty = 0;
        for (var cell = 0; cell < _counts.Length; cell++)
        {
            var possible = true;
            for (var d = 0; d < marginals.Length; d++)
            {
                possible &= marginals[d][CalendarCell.Category(cell, d)] > 0;
            }

            empty += possible && _counts[cell] == 0 ? 1 : 0;
        }

        return empty;
    }
}
