using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// The effective dimension ν = (tr Σ)²/tr Σ² of vectors, from 1 to d: how many equally strong directions their noise has. It
/// comes from differences of neighbours a_i = (u_i − u_(i−1))/√2, since E‖a‖² = tr Σ and E⟨a_i, a_(i−2)⟩² = tr Σ²; a change
/// of the mean touches few of them. It is pulled towards 1, the careful end, as if by 24 pairs of one-dimensional noise.
/// </summary>
internal sealed class EffectiveDimension(int dimension)
{
    private const int PriorPairs = 24;

    private readonly double[] _last = new double[dimension];
    private double[] _difference = new double[dimension];
    private double[] _difference1 = new double[dimension];
    private double[] _difference2 = new double[dimension];
    private long _count;
    private double _squares;
    private double _products;

    public double Value
    {
        get
        {
            if (_count < 2 || dimension == 1)
            {
                return 1;
            }

            var trace = _squares / (_count - 1);
            var square = trace * trace;
            var traceOfSquare = (_products + (PriorPairs * square)) / (Math.Max(0, _count - 3) + PriorPairs);
            return traceOfSquare > 0 ? Math.Clamp(square / traceOfSquare, 1, dimension) : 1;
        }
    }

    public void Add(ReadOnlySpan<double> vector)
    {
        if (dimension == 1)
        {
            return;
        }

        if (_count > 0)
        {
            TensorPrimitives.Subtract(vector, _last, _difference);
            _squares += 0.5 * TensorPrimitives.SumOfSquares<double>(_difference);
            if (_count > 2)
            {
                var product = 0.5 * TensorPrimitives.Dot<double>(_difference, _difference2);
                _products += product * product;
            }

            (_difference, _difference1, _difference2) = (_difference2, _difference, _difference1);
        }

        vector.CopyTo(_last);
        _count++;
    }

    public void Restart() => (_count, _squares, _products) = (0, 0, 0);

    public void Write(StateWriter writer)
    {
        writer.Int64(_count);
        writer.Double(_squares);
        writer.Double(_products);
        if (dimension > 1)
        {
            writer.Doubles(_last);
            writer.Doubles(_difference1);
            writer.Doubles(_difference2);
        }
    }

    public void Read(ref StateReader reader)
    {
        _count = reader.Count("count of vectors");
        _squares = reader.Double();
        _products = reader.Double();
        if (dimension > 1)
        {
            reader.Doubles(_last);
            reader.Doubles(_difference1);
            reader.Doubles(_difference2);
        }
    }
}
