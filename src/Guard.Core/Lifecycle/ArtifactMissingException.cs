namespace Guard.Core.Lifecycle;

/// <summary>A version or a pointer that was asked for does not exist.</summary>
public sealed class ArtifactMissingException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public ArtifactMissingException(string message)
        : base(message)
    {
    }
}
