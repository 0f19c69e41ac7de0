namespace Guard.Grains.Watching;

/// <summary>The book of alerts as it is saved.</summary>
[GenerateSerializer]
[Alias("guard.alert-book-state")]
public sealed class AlertBookState
{
    /// <summary>Gets or sets the book; empty before the first alert.</summary>
    [Id(0)]
    public byte[] Book { get; set; } = [];
}
