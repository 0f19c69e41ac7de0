namespace Guard.Grains.Surrogates;

/// <summary>An alert on its way between silos.</summary>
[GenerateSerializer]
[Alias("guard.stream-alert")]
public struct StreamAlertSurrogate
{
    /// <summary>Gets or sets the id.</summary>
    [Id(0)]
    public string Id { get; set; }

    /// <summary>Gets or sets the number.</summary>
    [Id(1)]
    public long Number { get; set; }

    /// <summary>Gets or sets the stream.</summary>
    [Id(2)]
    public string Stream { get; set; }

    /// <summary>Gets or sets start, peak and end, in Unix milliseconds.</summary>
    [Id(3)]
    public (long Start, long Peak, long? End) Times { get; set; }

    /// <summary>Gets or sets the greatest score, and what was expected and observed at the peak.</summary>
    [Id(4)]
    public (double Score, double Expected, double Observed) Values { get; set; }

    /// <summary>Gets or sets the dimensions that contributed most, with their shares.</summary>
    [Id(5)]
    public (int Dimension, double Share)[] Contributions { get; set; }
}
