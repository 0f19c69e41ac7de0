namespace Guard.Grains.Estimating;

/// <summary>A stream's estimator as it is saved: what it learned and the last reading of each partition, in one write.</summary>
[GenerateSerializer]
[Alias("guard.estimator-state")]
public sealed class EstimatorState
{
    /// <summary>Gets or sets the detector alone, as earlier builds saved it; empty where <see cref="Watch"/> holds it.</summary>
    [Id(0)]
    public byte[] Detector { get; set; } = [];

    /// <summary>Gets or sets the last reading of each partition.</summary>
    [Id(1)]
    public Dictionary<int, long> Positions { get; set; } = [];

    /// <summary>Gets or sets the readings of another dimension than the first one's, which were left out.</summary>
    [Id(2)]
    public long Misfits { get; set; }

    /// <summary>Gets or sets the stream: detector, recent readings, alerts, level shifts. Empty before the first reading.</summary>
    [Id(3)]
    public byte[] Watch { get; set; } = [];

    /// <summary>Gets or sets up to which of the stream's own alert events the cluster's book was told.</summary>
    [Id(4)]
    public long Told { get; set; }

    /// <summary>Gets or sets the numbers that the book gave to the stream's alerts, by their ids.</summary>
    [Id(5)]
    public Dictionary<string, long> Numbers { get; set; } = [];
}
