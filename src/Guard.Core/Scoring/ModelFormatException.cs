namespace Guard.Core.Scoring;

/// <summary>A model cannot be used: it is damaged, or was made for other features. The message says what differs and what to do.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initialises the exception with its cause.</summary>
    public ModelFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
