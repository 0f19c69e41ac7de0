namespace Guard.Simulation.Experiments.Rotation;

/// <summary>
/// A stream of digits: one digit, slowly rotating, is normal (label 0); any other digit is an anomaly (label 1); the normal digit switches abruptly.
/// </summary>
/// <remarks>
/// The plan is that of the experiment described for Sankararaman and Narayanaswamy, "Online robust non-stationary estimation", NeurIPS 2023; its
/// lengths, angles and shares were not readable, and these are ours: three digits of 2,000 inputs each, a quarter turn per thousand inputs, each
/// image jittered by up to 15 degrees, every other input normal. Optionally 2 inputs in 100 are wrecked: the brightness multiplied by 10 times a
/// Pareto(1.1) factor, and the label a coin toss.
/// </remarks>
public sealed class RotatingDigits
{
    /// <summary>Inputs between switches.</summary>
    public const int SegmentLength = 2_000;

    /// <summary>The normal digits, one after the other.</summary>
    public static IReadOnlyList<int> NormalDigits { get; } = [3, 7, 0];

    /// <summary>Inputs of a stream.</summary>
    public static int Length => SegmentLength * NormalDigits.Count;

    /// <summary>Numbers of a feature vector: the pixels and a 1.</summary>
    public const int Features = DigitImages.Pixels + 1;

    private const double NormalShare = 0.5;
    private const double WreckedShare = 0.02;

    private readonly DigitImages _images;
    private readonly int[][] _byDigit;
    private readonly SeededNoise _noise;
    private readonly bool _wreck;
    private int _at;

    /// <summary>Starts a stream.</summary>
    /// <param name="images">The digits.</param>
    /// <param name="wreck">Whether some inputs are wrecked.</param>
    /// <param name="noise">Makes the stream.</param>
    public RotatingDigits(DigitImages images, bool wreck, SeededNoise noise)
    {
        _images = images;
        _wreck = wreck;
        _noise = noise;
        _byDigit = [.. Enumerable.Range(0, 10).Select(digit => (int[])[.. Enumerable.Range(0, images.Count).Where(i => images.Label(i) == digit)])];
    }

    /// <summary>Writes the next input's features and then its label; returns whether it is sound, that is not wrecked.</summary>
    /// <param name="sample">Room for <see cref="Features"/> + 1 numbers.</param>
    public bool Next(Span<double> sample)
    {
        var normalDigit = NormalDigits[_at / SegmentLength];
        var normal = _noise.Uniform() <= NormalShare;
        var digit = normalDigit;
        if (!normal)
        {
            digit = _noise.Below(9);
            digit += digit >= normalDigit ? 1 : 0;
        }

        var image = _byDigit[digit][_noise.Below(_byDigit[digit].Length)];
        var turn = (_at / 1000.0 * 90) + ((_noise.Uniform() - 0.5) * 30);
        Rotate(image, turn * Math.PI / 180, sample);
        sample[DigitImages.Pixels] = 1;
        sample[Features] = normal ? 0 : 1;
        _at++;
        if (!_wreck || _noise.Uniform() > WreckedShare)
        {
            return true;
        }

        var brightness = 10 * _noise.Pareto(1.1);
        for (var i = 0; i < DigitImages.Pixels; i++)
        {
            sample[i] *= brightness;
        }

        sample[Features] = _noise.Below(2);
        return false;
    }

    private void Rotate(int image, double angle, Span<double> pixels)
    {
        const double Centre = (DigitImages.Side - 1) / 2.0;
        var (sin, cos) = Math.SinCos(angle);
        for (var i = 0; i < DigitImages.Pixels; i++)
        {
            var y = (i / DigitImages.Side) - Centre;
            var x = (i % DigitImages.Side) - Centre;
            pixels[i] = _images.Between(image, (cos * y) - (sin * x) + Centre, (sin * y) + (cos * x) + Centre);
        }
    }
}
