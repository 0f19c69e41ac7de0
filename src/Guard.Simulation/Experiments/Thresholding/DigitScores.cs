using System.Numerics.Tensors;
using Guard.Simulation.Experiments.Rotation;

namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>
/// How unlike the even digits an image is: mean cosine distance of its gradient histograms to the three nearest of a training set of even digits.
/// </summary>
/// <remarks>The score is ours; the publication's is not known to us.</remarks>
public sealed class DigitScores
{
    private const int Side = DigitImages.Side;
    private const int Cell = 10;
    private const int Step = 6;
    private const int Bins = 8;
    private const int Grid = ((Side - Cell) / Step) + 1;
    private const int Neighbours = 3;

    private readonly DigitImages _images;
    private readonly double[] _scores;

    private DigitScores(DigitImages images, double[] scores, int[] even, int[] odd)
    {
        _images = images;
        _scores = scores;
        Even = even;
        Odd = odd;
    }

    /// <summary>Even images that were not trained on.</summary>
    public IReadOnlyList<int> Even { get; }

    /// <summary>Odd images.</summary>
    public IReadOnlyList<int> Odd { get; }

    /// <summary>Score of an image that was not trained on.</summary>
    public double Score(int image) => _scores[image];

    /// <summary>The digit of an image.</summary>
    public int Label(int image) => _images.Label(image);

    /// <summary>Trains on some even digits and scores all other images.</summary>
    public static DigitScores Train(DigitImages images, int trained, ulong seed, int threads)
    {
        int[] even = [.. Enumerable.Range(0, images.Count).Where(i => images.Label(i) % 2 == 0)];
        int[] odd = [.. Enumerable.Range(0, images.Count).Where(i => images.Label(i) % 2 == 1)];
        new SeededNoise(seed, -1).Shuffle(even);
        var features = new float[images.Count][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, images.Count, parallel, i => features[i] = Histograms(images, i));
        var train = even[..trained];
        var rest = even[trained..];
        int[] scored = [.. rest, .. odd];
        var scores = new double[images.Count];
        Parallel.For(0, scored.Length, parallel, i => scores[scored[i]] = Distance(features[scored[i]], features, train));
        return new DigitScores(images, scores, rest, odd);
    }

    private static double Distance(float[] query, float[][] features, int[] train)
    {
        Span<float> nearest = stackalloc float[Neighbours];
        nearest.Fill(float.PositiveInfinity);
        foreach (var candidate in train)
        {
            var distance = 1 - TensorPrimitives.Dot<float>(query, features[candidate]);
            for (var k = 0; k < Neighbours; k++)
            {
                if (distance < nearest[k])
                {
                    (nearest[k], distance) = (distance, nearest[k]);
                }
            }
        }

        return TensorPrimitives.Sum<float>(nearest) / Neighbours;
    }

    /// <summary>Histograms of gradient directions in overlapping cells of the upright image, as a unit vector.</summary>
    private static float[] Histograms(DigitImages images, int image)
    {
        var pixels = Upright(images, image);
        var histograms = new float[Grid * Grid * Bins];
        for (var row = 1; row < Side - 1; row++)
        {
            for (var column = 1; column < Side - 1; column++)
            {
                var at = (row * Side) + column;
                var dx = pixels[at + 1] - pixels[at - 1];
                var dy = pixels[at + Side] - pixels[at - Side];
                var size = Math.Sqrt((dx * dx) + (dy * dy));
                if (size > 0)
                {
                    Vote(histograms, row, column, ((Math.Atan2(dy, dx) / Math.Tau) + 1) % 1 * Bins, size);
                }
            }
        }

        for (var i = 0; i < histograms.Length; i++)
        {
            histograms[i] = MathF.Sqrt(histograms[i]);
        }

        var norm = TensorPrimitives.Norm<float>(histograms);
        TensorPrimitives.Divide(histograms, norm > 0 ? norm : 1, histograms);
        return histograms;
    }

    private static void Vote(float[] histograms, int row, int column, double direction, double size)
    {
        var bin = (int)direction % Bins;
        var next = (bin + 1) % Bins;
        var part = direction - (int)direction;
        for (var y = 0; y < Grid; y++)
        {
            var weightY = 1 - (Math.Abs(row - ((y * Step) + (Cell / 2.0) - 0.5)) / (Cell / 2.0));
            for (var x = 0; x < Grid && weightY > 0; x++)
            {
                var weight = weightY * (1 - (Math.Abs(column - ((x * Step) + (Cell / 2.0) - 0.5)) / (Cell / 2.0))) * size;
                if (weight > 0)
                {
                    var at = ((y * Grid) + x) * Bins;
                    histograms[at + bin] += (float)(weight * (1 - part));
                    histograms[at + next] += (float)(weight * part);
                }
            }
        }
    }

    /// <summary>The image centred, its slant taken out by its second moments, and blurred a little.</summary>
    private static double[] Upright(DigitImages images, int image)
    {
        double mass = 1e-12, meanX = 0, meanY = 0, slant = 0, height = 1e-12;
        for (var i = 0; i < DigitImages.Pixels; i++)
        {
            var value = images.Pixel(image, i / Side, i % Side);
            mass += value;
            meanX += value * (i % Side);
            meanY += value * (i / Side);
        }

        meanX /= mass;
        meanY /= mass;
        for (var i = 0; i < DigitImages.Pixels; i++)
        {
            var value = images.Pixel(image, i / Side, i % Side);
            var y = (i / Side) - meanY;
            slant += value * ((i % Side) - meanX) * y;
            height += value * y * y;
        }

        const double Centre = (Side - 1) / 2.0;
        var upright = new double[DigitImages.Pixels];
        for (var i = 0; i < upright.Length; i++)
        {
            var y = (i / Side) - Centre;
            upright[i] = images.Between(image, y + meanY, (i % Side) - Centre + meanX + (slant / height * y));
        }

        return Blur(upright);
    }

    private static double[] Blur(double[] pixels)
    {
        var blurred = new double[pixels.Length];
        for (var row = 1; row < Side - 1; row++)
        {
            for (var column = 1; column < Side - 1; column++)
            {
                var at = (row * Side) + column;
                blurred[at] = (pixels[at] / 4) + ((pixels[at - 1] + pixels[at + 1] + pixels[at - Side] + pixels[at + Side]) / 8)
                    + ((pixels[at - Side - 1] + pixels[at - Side + 1] + pixels[at + Side - 1] + pixels[at + Side + 1]) / 16);
            }
        }

        return blurred;
    }
}
