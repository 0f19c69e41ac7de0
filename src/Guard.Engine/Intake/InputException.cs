namespace Guard.Engine.Intake;

/// <summary>An input that cannot be read. The message is one line for the user: the file, the line where there is one, what is wrong and the mend.</summary>
public sealed class InputException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1, or <see langword="null"/>.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="mend">What to do about it.</param>
    /// <param name="cause">The cause, where there is one.</param>
    public InputException(string file, long? line, string problem, string mend, Exception? cause = null)
        : base(line is null ? $"{file}: {problem}: {mend}." : $"{file}:{line}: {problem}: {mend}.", cause)
    {
        File = file;
        Line = line;
    }

    /// <summary>Gets the file.</summary>
    public string File { get; }

    /// <summary>Gets the line, from 1, or <see langword="null"/>.</summary>
    public long? Line { get; }
}
