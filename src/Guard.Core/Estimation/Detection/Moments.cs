using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>
/// The short memory: running means of the seasonal residual over three spans, of the size of steps, and the prototypes of how these went together.
/// </summary>
internal struct Moments
{
    public const int PatternFeatures = 5;
    public const int LevelFeatures = 3;

    private double _short;
    private double _middle;
    private double _long;
    private double _rough;
    private PatternMemory _patterns;
    private PatternMemory _levels;
    private PatternBuffer _patternCentres;
    private LevelBuffer _levelCentres;

    /// <summary>Gets the mean seasonal residual of about <see cref="Tuning.ShortRows"/> rows, in usual residuals.</summary>
    public readonly double Short => _short;

    /// <summary>Gets the mean seasonal residual of about <see cref="Tuning.LongRows"/> rows.</summary>
    public readonly double Long => _long;

    /// <summary>Gets the mean size of the last steps.</summary>
    public readonly double Rough => _rough;

    /// <summary>Takes a row's seasonal residual, in usual residuals, and the size of its step.</summary>
    public void Take(double residual, double step)
    {
        _short += (residual - _short) * 2 / (Tuning.ShortRows + 1);
        _middle += (residual - _middle) * 2 / (Tuning.MiddleRows + 1);
        _long += (residual - _long) * 2 / (Tuning.LongRows + 1);
        _rough += (step - _rough) * 2 / (Tuning.RoughRows + 1);
    }

    /// <summary>Lets the memory fade over rows that never came.</summary>
    public void Fade(double rows)
    {
        _short *= Math.Pow(1 - (2 / (Tuning.ShortRows + 1)), rows);
        _middle *= Math.Pow(1 - (2 / (Tuning.MiddleRows + 1)), rows);
        _long *= Math.Pow(1 - (2 / (Tuning.LongRows + 1)), rows);
    }

    /// <summary>Returns how new the present course is: residual, step, short and middle mean, roughness.</summary>
    public double PatternNovelty(double residual, double step, double roughness)
    {
        ReadOnlySpan<float> moment =
        [
            MathF.Asinh((float)residual) * (float)Tuning.PatternSeasonal,
            MathF.Asinh((float)step) * (float)Tuning.PatternStep,
            MathF.Asinh(2 * (float)_short) * (float)Tuning.PatternShort,
            MathF.Asinh(3 * (float)_middle) * (float)Tuning.PatternMiddle,
            (float)(roughness * Tuning.PatternRough),
        ];
        return _patterns.Novelty(moment, _patternCentres);
    }

    /// <summary>Returns how new the present level is: the value and the fast mean, in scales from the slow level, and the long mean residual.</summary>
    public double LevelNovelty(double value, double fast)
    {
        ReadOnlySpan<float> moment = [MathF.Asinh(2 * (float)value), MathF.Asinh(2 * (float)fast), MathF.Asinh(4 * (float)_long)];
        return _levels.Novelty(moment, _levelCentres);
    }

    [InlineArray(PatternMemory.Capacity * PatternFeatures)]
    private struct PatternBuffer
    {
        private float _first;
    }

    [InlineArray(PatternMemory.Capacity * LevelFeatures)]
    private struct LevelBuffer
    {
        private float _first;
    }
}
