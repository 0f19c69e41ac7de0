namespace Guard.Core.Lifecycle;

/// <summary>An immutable artifact would have been overwritten with other content.</summary>
public sealed class ArtifactConflictException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public ArtifactConflictException(string message)
        : base(message)
    {
    }
}
