using Guard.Core.Features;
using Guard.Core.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace Guard.Core.Training;

/// <summary>
/// Weighted logistic regression with a ridge, by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani,
/// Friedman, "The Elements of Statistical Learning", 4.4.1) with the step halved while the loss grows.
/// </summary>
/// <remarks>The same clicks give the same bits for any number of threads: sums run over a fixed number of parts, added in order.</remarks>
public static class LogisticRegression
{
    /// <summary>The default factor of ½‖w‖² in the mean loss: enough to keep a few dozen human clicks from setting two dozen weights at will.</summary>
    public const double DefaultRidge = 1e-3;

    private const int Parts = 64;
    private const int MaxSteps = 50;
    private const double Tolerance = 1e-10;

    /// <summary>Fits the model to some rows of a table.</summary>
    /// <param name="table">The clicks and their features.</param>
    /// <param name="labels">One label a click.</param>
    /// <param name="weights">One sample weight a click.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="ridge">The factor of ½‖w‖² over the standardised weights, the bias apart, in the mean loss.</param>
    /// <param name="threads">The number of threads; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops fitting between two steps.</param>
    /// <exception cref="ArgumentException">The ridge is not positive, or a feature is not finite.</exception>
    public static LinearModel Fit(
        FeatureTable table,
        ReadOnlySpan<WeakLabel> labels,
        ReadOnlySpan<float> weights,
        IReadOnlyList<int> rows,
        double ridge = DefaultRidge,
        int threads = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        Require.That(ridge, ridge is > 0 and < 1e6, "positive");
        var scaling = InputScaling.Of(table, labels, weights, rows);
        var data = new TrainingRows(table, labels, weights, rows, scaling);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        var parts = new NewtonPart[Parts];
        for (var i = 0; i < Parts; i++)
        {
            parts[i] = new NewtonPart(data, table.Schema.Width, (int)((long)data.Count * i / Parts), (int)((long)data.Count * (i + 1) / Parts));
        }

        var beta = new double[table.Schema.Width + 1];
        var loss = Loss(beta);
        for (var step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var direction = Direction(beta);
            var next = Move(beta, direction, 1);
            var nextLoss = Loss(next);
            for (var size = 0.5; nextLoss > loss && size > 1e-6; size /= 2)
            {
                next = Move(beta, direction, size);
                nextLoss = Loss(next);
            }

            if (!(nextLoss < loss))
            {
                break;
            }

            var gain = loss - nextLoss;
            (beta, loss) = (next, nextLoss);
            if (gain <= Tolerance * loss)
            {
                break;
            }
        }

        return Unstandardised(beta);

        double Loss(double[] at)
        {
            Parallel.For(0, Parts, parallelism, i => parts[i].Measure(at));
            var sum = 0.0;
            foreach (var part in parts)
            {
                sum += part.Loss;
            }

            return sum / data.TotalWeight + 0.5 * ridge * at.AsSpan(1).ToArray().Sum(b => b * b);
        }

        double[] Direction(double[] at)
        {
            Parallel.For(0, Parts, parallelism, i => parts[i].Differentiate(at));
            var gradient = Vector<double>.Build.Dense(at.Length);
            var hessian = Matrix<double>.Build.Dense(at.Length, at.Length);
            foreach (var part in parts)
            {
                for (var i = 0; i < at.Length; i++)
                {
                    gradient[i] += part.Gradient[i] / data.TotalWeight;
                    for (var j = i; j < at.Length; j++)
                    {
                        hessian[i, j] += part.Hessian[i * at.Length + j] / data.TotalWeight;
                        hessian[j, i] = hessian[i, j];
                    }
                }
            }

            for (var i = 0; i < at.Length; i++)
            {
                gradient[i] += i == 0 ? 0 : ridge * at[i];

                // The bias has no ridge; a trace of one keeps the system definite where all clicks are certain.
                hessian[i, i] += i == 0 ? 1e-12 : ridge;
            }

            return hessian.Cholesky().Solve(gradient).ToArray();
        }

        LinearModel Unstandardised(double[] at)
        {
            var slopes = new float[table.Schema.Width];
            var bias = at[0];
            for (var i = 0; i < slopes.Length; i++)
            {
                slopes[i] = (float)(at[i + 1] * scaling.Scale[i]);
                bias -= at[i + 1] * scaling.Scale[i] * scaling.Mean[i];
            }

            return new LinearModel("", table.Schema, [.. slopes], (float)bias, scaling.Reference);
        }
    }

    private static double[] Move(double[] from, double[] direction, double size)
    {
        var to = new double[from.Length];
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] - size * direction[i];
        }

        return to;
    }
}
