using System.Numerics.Tensors;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>A network under training: its parameters and the optimiser's state, moved epoch by epoch.</summary>
internal sealed class Descent
{
    private readonly NetworkShape _shape;
    private readonly TrainingRows _data;
    private readonly NetworkTrainerOptions _options;
    private readonly Random _random;
    private readonly Adam _adam;
    private readonly int[] _order;
    private readonly GradientChunk[] _chunks;
    private readonly AlignedBuffer _parameters;
    private readonly AlignedBuffer _weight2Transposed;
    private readonly float[] _gradient;

    public Descent(NetworkShape shape, TrainingRows data, NetworkTrainerOptions options)
    {
        _shape = shape;
        _data = data;
        _options = options;
        _random = new Random(options.Seed);
        _parameters = new AlignedBuffer(shape.Length);
        _weight2Transposed = new AlignedBuffer(shape.Hidden1 * shape.Hidden2);
        _gradient = new float[shape.Length];
        _adam = new Adam(shape.Length, options.LearningRate);
        _order = [.. Enumerable.Range(0, data.Count)];
        _chunks = new GradientChunk[(Math.Min(options.BatchSize, data.Count) + GradientChunk.Rows - 1) / GradientChunk.Rows];
        for (var i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = new GradientChunk(shape);
        }

        shape.Initialise(_parameters.Span, _random);
        Parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
    }

    public ReadOnlySpan<float> Parameters => _parameters.Span;

    public ParallelOptions Parallelism { get; }

    /// <summary>Goes once over the training rows, in a new order.</summary>
    /// <returns>The weighted mean loss over the steps.</returns>
    public double Epoch(CancellationToken cancellationToken)
    {
        _random.Shuffle(_order);
        double loss = 0, weight = 0;
        for (var start = 0; start < _order.Length; start += _options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (stepLoss, stepWeight) = Step(start, Math.Min(_options.BatchSize, _order.Length - start));
            loss += stepLoss;
            weight += stepWeight;
        }

        return loss / weight;
    }

    private (double Loss, double Weight) Step(int start, int rows)
    {
        Transpose();
        var chunks = (rows + GradientChunk.Rows - 1) / GradientChunk.Rows;
        if (Parallelism.MaxDegreeOfParallelism == 1 || chunks == 1)
        {
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                RunChunk(chunk, start, rows);
            }
        }
        else
        {
            Parallel.For(0, chunks, Parallelism, chunk => RunChunk(chunk, start, rows));
        }

        double loss = 0, weight = 0;
        _gradient.AsSpan().Clear();
        foreach (var chunk in _chunks.AsSpan(0, chunks))
        {
            TensorPrimitives.Add(_gradient, chunk.Gradient, _gradient);
            loss += chunk.Loss;
            weight += chunk.Weight;
        }

        TensorPrimitives.Multiply(_gradient, 1f / rows, _gradient);
        _shape.AddDecay(_gradient, _parameters.Span, (float)_options.L2);
        _adam.Step(_parameters.Span, _gradient);
        return (loss, weight);
    }

    private void RunChunk(int chunk, int start, int rows)
    {
        var first = chunk * GradientChunk.Rows;
        var count = Math.Min(GradientChunk.Rows, rows - first);
        _chunks[chunk].Run(_data, _order.AsSpan(start + first, count), _parameters, _weight2Transposed);
    }

    private void Transpose()
    {
        var weight2 = _parameters.Span[_shape.Weight2..];
        var transposed = _weight2Transposed.Span;
        for (var j = 0; j < _shape.Hidden1; j++)
        {
            for (var k = 0; k < _shape.Hidden2; k++)
            {
                transposed[k * _shape.Hidden1 + j] = weight2[j * _shape.Hidden2 + k];
            }
        }
    }
}
