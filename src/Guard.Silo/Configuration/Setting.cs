namespace Guard.Silo.Configuration;

/// <summary>Words what is wrong with a setting.</summary>
internal static class Setting
{
    /// <summary>Stops a start where a setting does not do.</summary>
    /// <exception cref="SiloConfigurationException">It does not; the message names it by its whole key.</exception>
    public static void Require(bool holds, string section, string name, string mend)
    {
        if (!holds)
        {
            throw new SiloConfigurationException($"{SiloConfiguration.Section}:{(section.Length == 0 ? name : $"{section}:{name}")} does not do: {mend}.");
        }
    }

    /// <summary>Runs another part's own check of its options, and says in which section they stand.</summary>
    public static void Check(string section, Action? validate)
    {
        try
        {
            validate?.Invoke();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // The parameter's name stands in the message already.
            var message = exception is ArgumentException { ParamName: { } name } ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;
            throw new SiloConfigurationException($"{SiloConfiguration.Section}:{section}: {message}", exception);
        }
    }
}
