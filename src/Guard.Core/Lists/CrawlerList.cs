using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Guard.Core.Lists;

/// <summary>
/// Patterns that find crawlers by their user agent, in the format of the public list crawler-user-agents.json: an array
/// of objects whose <c>pattern</c> is a regular expression, case-sensitive and unanchored.
/// </summary>
public sealed partial class CrawlerList
{
    private readonly SearchValues<string> _literals;
    private readonly Regex?[] _expressions;
    private readonly string?[] _literalOf;

    private CrawlerList(string[] patterns)
    {
        Patterns = [.. patterns];
        _expressions = new Regex?[patterns.Length];
        _literalOf = new string?[patterns.Length];
        for (var index = 0; index < patterns.Length; index++)
        {
            if (LiteralOf(patterns[index]) is { } literal)
            {
                _literalOf[index] = literal;
            }
            else
            {
                _expressions[index] = new Regex(patterns[index], RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            }
        }

        _literals = SearchValues.Create([.. _literalOf.OfType<string>()], StringComparison.Ordinal);
    }

    /// <summary>Gets a list without patterns.</summary>
    public static CrawlerList Empty { get; } = new([]);

    /// <summary>Gets the patterns, in the order of the list.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Gets the short list that Guard ships, for use where no fuller one is given.</summary>
    public static CrawlerList BuiltIn => s_builtIn.Value;

    /// <summary>Reads a list.</summary>
    /// <param name="json">The list's UTF-8 JSON.</param>
    /// <param name="name">What an error calls the list, such as its file name.</param>
    /// <exception cref="ListFormatException">The JSON is not such a list, or one of its patterns is not a regular expression.</exception>
    public static CrawlerList Read(ReadOnlySpan<byte> json, string name)
    {
        Entry?[]? entries;
        try
        {
            entries = JsonSerializer.Deserialize(json, CrawlerJson.Default.EntryArray);
        }
        catch (JsonException exception)
        {
            throw new ListFormatException($"{name}: line {exception.LineNumber + 1}: not a list of crawlers; write [{{\"pattern\": \"…\"}}, …].");
        }

        var patterns = new string[entries?.Length ?? 0];
        for (var index = 0; index < patterns.Length; index++)
        {
            patterns[index] = entries![index]?.Pattern is { Length: > 0 } pattern
                ? pattern
                : throw new ListFormatException($"{name}: entry {index + 1} has no pattern; give it one or remove it.");
            CheckExpression(patterns[index], name, index);
        }

        return new CrawlerList(patterns);
    }

    /// <summary>Finds the first pattern, in the order of the list, that matches a user agent; −1 where none does.</summary>
    public int Match(ReadOnlySpan<char> userAgent)
    {
        var hasLiteral = userAgent.ContainsAny(_literals);
        for (var index = 0; index < _expressions.Length; index++)
        {
            if (_expressions[index] is { } expression ? expression.IsMatch(userAgent) : hasLiteral && userAgent.Contains(_literalOf[index], StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }

    // A pattern without operators is searched as text, all such patterns in one vectorised pass.
    private static string? LiteralOf(string pattern)
    {
        var literal = new StringBuilder(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = pattern[index];
            if (character == '\\' && index + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[index + 1]))
            {
                literal.Append(pattern[++index]);
            }
            else if ("\\[](){}.*+?^$|".Contains(character, StringComparison.Ordinal))
            {
                return null;
            }
            else
            {
                literal.Append(character);
            }
        }

        return literal.ToString();
    }

    private static void CheckExpression(string pattern, string name, int index)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ListFormatException($"{name}: entry {index + 1}: '{pattern}' is not a regular expression without look-around or back-references; mend or remove it.");
        }
    }

    private static readonly Lazy<CrawlerList> s_builtIn = new(() =>
    {
        using var stream = typeof(CrawlerList).Assembly.GetManifestResourceStream("Guard.Core.Lists.crawlers.json")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Read(content, "crawlers.json");
    });

    internal sealed record Entry(string? Pattern);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Entry[]))]
    internal sealed partial class CrawlerJson : JsonSerializerContext;
}
