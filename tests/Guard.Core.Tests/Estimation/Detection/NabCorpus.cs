namespace Guard.Core.Tests.Estimation.Detection;

/// <summary>
/// The standard profile of the Numenta Anomaly Benchmark (Lavin and Ahmad, 2015): one threshold for all series, a window worth its best detection.
/// </summary>
internal sealed class NabCorpus
{
    private const double FalsePositive = 0.11;
    private readonly List<(double Score, double Value, int Window)> _rows = [];
    private int _windows;

    public void Add(double[] scores, (int First, int Last)[] windows)
    {
        var next = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            while (next < windows.Length && i > windows[next].Last)
            {
                next++;
            }

            if (i < Math.Min((int)(0.15 * scores.Length), 750) || scores[i] <= 0)
            {
                continue;
            }

            if (next < windows.Length && windows[next].First <= i)
            {
                var (first, last) = windows[next];
                _rows.Add((scores[i], Sigmoid(-(last - i + 1.0) / (last - first + 1)) / Sigmoid(-1), _windows + next));
            }
            else
            {
                _rows.Add((scores[i], next == 0 ? -1 : Sigmoid((i - windows[next - 1].Last) / (double)(windows[next - 1].Last - windows[next - 1].First)), -1));
            }
        }

        _windows += windows.Length;
    }

    /// <summary>100 for a perfect detector, 0 for one that detects nothing, at the best threshold.</summary>
    public double Standard()
    {
        var best = new double[_windows];
        Array.Fill(best, -1);
        var (sum, most) = (-(double)_windows, -(double)_windows);
        foreach (var tied in _rows.GroupBy(row => row.Score).OrderByDescending(group => group.Key))
        {
            foreach (var (_, value, window) in tied)
            {
                if (window < 0)
                {
                    sum += FalsePositive * value;
                }
                else if (value > best[window])
                {
                    sum += value - best[window];
                    best[window] = value;
                }
            }

            most = Math.Max(most, sum);
        }

        return 100 * (most + _windows) / (2 * _windows);
    }

    private static double Sigmoid(double place) => place > 3 ? -1 : (2 / (1 + Math.Exp(5 * place))) - 1;
}
