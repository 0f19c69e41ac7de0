using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>
/// A linear forecast from the last value, the fast mean and the seasonal profile, all measured from the slow level in units of the slow scale.
/// Its weights follow the squared error by clipped, normalised SGD.
/// </summary>
/// <remarks>The caller clips the error at a few usual errors, so that an outlier teaches no more than a large ordinary error.</remarks>
internal struct Forecaster
{
    public const int Features = 5;
    private const double FeatureLimit = 10;

    private WeightBuffer _weights;

    /// <summary>Starts at a blend that leans on the last value.</summary>
    public void Clear()
    {
        _weights = default;
        _weights[1] = 0.5f;
        _weights[2] = 0.3f;
        _weights[3] = 0.2f;
    }

    /// <summary>Fills in the features.</summary>
    public static void Describe(Span<double> features, double last, double fast, double day, double week)
    {
        features[0] = 1;
        features[1] = Math.Clamp(last, -FeatureLimit, FeatureLimit);
        features[2] = Math.Clamp(fast, -FeatureLimit, FeatureLimit);
        features[3] = Math.Clamp(day, -FeatureLimit, FeatureLimit);
        features[4] = Math.Clamp(week, -FeatureLimit, FeatureLimit);
    }

    /// <summary>Returns the forecast in units of scale from the level.</summary>
    public readonly double Predict(ReadOnlySpan<double> features)
    {
        var sum = 0.0;
        for (var i = 0; i < Features; i++)
        {
            sum += _weights[i] * features[i];
        }

        return sum;
    }

    /// <summary>Learns from an error that is already clipped.</summary>
    public void Learn(ReadOnlySpan<double> features, double error)
    {
        var norm = 1.0;
        for (var i = 0; i < Features; i++)
        {
            norm += features[i] * features[i];
        }

        var step = Tuning.LearningRate * error / norm;
        for (var i = 0; i < Features; i++)
        {
            _weights[i] += (float)(step * features[i]);
        }
    }

    [InlineArray(Features)]
    private struct WeightBuffer
    {
        private float _first;
    }
}
