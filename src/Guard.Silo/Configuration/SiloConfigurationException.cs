namespace Guard.Silo.Configuration;

/// <summary>A silo cannot start as it is configured. The message is one line that names the setting and the mend.</summary>
public sealed class SiloConfigurationException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="message">What is the matter.</param>
    /// <param name="innerException">What led to it.</param>
    public SiloConfigurationException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" "), innerException)
    {
    }
}
