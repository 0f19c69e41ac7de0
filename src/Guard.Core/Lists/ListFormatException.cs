namespace Guard.Core.Lists;

/// <summary>A list is not readable; the message is one line that names the place and the mend.</summary>
public sealed class ListFormatException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public ListFormatException(string message)
        : base(message)
    {
    }
}
