namespace Guard.Server.Requests;

/// <summary>What a log may tell of an exception: its types. Its message may quote what could not be read.</summary>
internal static class FaultNames
{
    /// <summary>Gets the exception's type, and those of its causes.</summary>
    public static string Of(Exception e) => e.InnerException is { } inner ? $"{e.GetType().FullName} of {Of(inner)}" : e.GetType().FullName ?? "";
}
