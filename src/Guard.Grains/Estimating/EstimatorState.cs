namespace Guard.Grains.Estimating;

/// <summary>A stream's estimator as it is saved: what it learned and the last reading of each partition, in one write.</summary>
[GenerateSerializer]
[Alias("guard.estimator-state")]
public sealed class EstimatorState
{
    /// <summary>Gets or sets the detector: parameters and step. Empty before the first reading.</summary>
    [Id(0)]
    public byte[] Detector { get; set; } = [];

    /// <summary>Gets or sets the last reading of each partition.</summary>
    [Id(1)]
    public Dictionary<int, long> Positions { get; set; } = [];

    /// <summary>Gets or sets the readings of another dimension than the first one's, which were left out.</summary>
    [Id(2)]
    public long Misfits { get; set; }
}
