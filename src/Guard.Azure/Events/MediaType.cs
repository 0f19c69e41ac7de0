namespace Guard.Azure.Events;

/// <summary>A content type without its parameters, of which only the charset matters.</summary>
/// <param name="Essence">Type and subtype; empty where none was given.</param>
/// <param name="IsUtf8">Whether the charset is absent or UTF-8, of which ASCII is a part.</param>
internal readonly record struct MediaType(string Essence, bool IsUtf8)
{
    /// <summary>Gets whether it is JSON, which is also what a missing content type stands for.</summary>
    public bool IsJson => Essence.Length == 0 || Is("application/json") || Is("text/json") || Essence.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    public static MediaType Of(string? contentType)
    {
        var parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries);
        var charset = parts.Skip(1)
            .Select(parameter => parameter.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals("charset", StringComparison.OrdinalIgnoreCase))?[1].Trim('"');
        return new(parts[0], charset is null || charset.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII");
    }

    public bool Is(string essence) => Essence.Equals(essence, StringComparison.OrdinalIgnoreCase);

    public bool StartsWith(string essence) => Essence.StartsWith(essence, StringComparison.OrdinalIgnoreCase);
}
