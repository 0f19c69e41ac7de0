namespace Guard.Core.Training;

/// <summary>Adam (Kingma and Ba, ICLR 2015, algorithm 1) with its published constants.</summary>
internal sealed class Adam(int parameters, double learningRate)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const float Epsilon = 1e-8f;
    private readonly float[] _first = new float[parameters];
    private readonly float[] _second = new float[parameters];
    private double _power1 = 1;
    private double _power2 = 1;

    /// <summary>Moves parameters one step against their gradient.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        var rate = (float)(learningRate / (1 - _power1));
        var correction = (float)(1 / (1 - _power2));
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradient[i];
            _first[i] = (float)Beta1 * _first[i] + (float)(1 - Beta1) * g;
            _second[i] = (float)Beta2 * _second[i] + (float)(1 - Beta2) * g * g;
            parameters[i] -= rate * _first[i] / (MathF.Sqrt(_second[i] * correction) + Epsilon);
        }
    }
}
