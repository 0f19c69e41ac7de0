namespace Guard.Core.Estimation.Detection;

/// <summary>The kinds of evidence, in the order in which a channel keeps them. Pairs are a rise and a fall.</summary>
internal static class Evidence
{
    public const int Forecast = 0;
    public const int Seasonal = 2;
    public const int Step = 4;
    public const int Range = 6;
    public const int Short = 8;
    public const int Long = 10;
    public const int Rough = 12;
    public const int Pattern = 14;
    public const int Level = 15;
    public const int Count = 16;

    private static readonly double[] s_weights =
    [
        Tuning.WeightForecast, Tuning.WeightForecast,
        Tuning.WeightSeasonal, Tuning.WeightSeasonal,
        Tuning.WeightStep, Tuning.WeightStep,
        Tuning.WeightRange, Tuning.WeightRange,
        Tuning.WeightShort, Tuning.WeightShort,
        Tuning.WeightLong, Tuning.WeightLong,
        Tuning.WeightRough, Tuning.WeightCalm,
        Tuning.WeightPattern, Tuning.WeightLevel,
    ];

    // A precedent at the hour speaks against a lone value, not against a mean of several or a calm.
    private static readonly double[] s_precedent =
    [
        Tuning.Precedent, Tuning.Precedent,
        Tuning.Precedent, Tuning.Precedent,
        Tuning.Precedent, Tuning.Precedent,
        Tuning.Precedent, Tuning.Precedent,
        1, 1,
        1, 1,
        Tuning.PatternPrecedent, 1,
        Tuning.PatternPrecedent, Tuning.PatternPrecedent,
    ];

    public static ReadOnlySpan<double> Weights => s_weights;

    public static ReadOnlySpan<double> Precedents => s_precedent;
}
