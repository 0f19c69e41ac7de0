namespace Guard.Grains.Watching;

/// <summary>Names as they are saved.</summary>
[GenerateSerializer]
[Alias("guard.names-state")]
public sealed class NamesState
{
    /// <summary>Gets or sets the names, in ordinal order.</summary>
    [Id(0)]
    public string[] Names { get; set; } = [];
}
