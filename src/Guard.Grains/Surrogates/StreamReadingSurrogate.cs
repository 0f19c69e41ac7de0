namespace Guard.Grains.Surrogates;

/// <summary>A reading on its way between silos.</summary>
[GenerateSerializer]
[Alias("guard.stream-reading")]
public struct StreamReadingSurrogate
{
    /// <summary>Gets or sets the values.</summary>
    [Id(0)]
    public double[] Values { get; set; }

    /// <summary>Gets or sets the time, in Unix milliseconds, and when a level shift began that the reading made the new normal.</summary>
    [Id(1)]
    public (long Time, long? ChangedSince) Times { get; set; }

    /// <summary>Gets or sets state, decision and phase, by their numbers, and the leading dimension.</summary>
    [Id(2)]
    public (int State, int Decision, int Alert, int Leading) Kinds { get; set; }

    /// <summary>Gets or sets the outlier score and the anomaly score.</summary>
    [Id(3)]
    public (double Score, double AnomalyScore) Scores { get; set; }

    /// <summary>Gets or sets what was expected.</summary>
    [Id(4)]
    public (double Expected, double Lower, double Upper) Forecast { get; set; }
}
