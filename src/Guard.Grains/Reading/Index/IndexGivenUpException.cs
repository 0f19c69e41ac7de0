namespace Guard.Grains.Reading.Index;

/// <summary>This activation of the index no longer knows what is durable, or another one goes on: it ends, and the next one reads what is.</summary>
[GenerateSerializer]
[Alias("guard.index-given-up")]
internal sealed class IndexGivenUpException : Exception
{
    public IndexGivenUpException(string message)
        : base(message)
    {
    }
}
