using System.Buffers;

namespace Guard.Core.Lifecycle;

/// <summary>The paths that an <see cref="IArtifactStore"/> takes: names separated by single slashes, none of which can leave the store.</summary>
public static class ArtifactPath
{
    // Control characters and '\' mean something else, or nothing, in one store or the other.
    private static readonly SearchValues<char> s_forbidden = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '\\', '\u007f']);

    /// <summary>Splits a path into its names.</summary>
    /// <exception cref="ArgumentException">The path is empty or rooted, has an empty name, <c>.</c> or <c>..</c>, a backslash or a control character.</exception>
    public static string[] Split(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var names = path.Split('/');
        return names.All(name => name is not ("" or "." or "..")) && !path.AsSpan().ContainsAny(s_forbidden)
            ? names
            : throw new ArgumentException($"'{path}' is not an artifact path: write names separated by single slashes.", nameof(path));
    }
}
