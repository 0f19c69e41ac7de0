namespace Guard.Engine.Log;

/// <summary>A log that takes no more blocks, so that a block can no longer become durable.</summary>
public sealed class LogFailedException : Exception
{
    internal LogFailedException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
