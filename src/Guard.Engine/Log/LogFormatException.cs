namespace Guard.Engine.Log;

/// <summary>A log that another version of Guard wrote. The message names the file and the mend.</summary>
public sealed class LogFormatException : Exception
{
    internal LogFormatException(string file, int version)
        : base($"{file}: written in format {version}, this Guard reads format {BlockHeader.Version}: start the Guard that wrote it, or give another data folder.")
    {
    }
}
