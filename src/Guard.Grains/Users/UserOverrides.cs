using System.Globalization;
using System.Text.Json;
using Guard.Core.Lifecycle;
using Guard.Core.Lists;

namespace Guard.Grains.Users;

/// <summary>The overrides of all users as one artifact, <c>lists/users.json</c>, from keyed hash to access entry; changed by compare-and-swap.</summary>
/// <param name="store">The store.</param>
public sealed class UserOverrides(IArtifactStore store)
{
    internal const string Path = "lists/users.json";

    /// <summary>Reads the overrides.</summary>
    /// <exception cref="InvalidDataException">The artifact cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<ulong, AccessEntry>> Read(Artifact? artifact) =>
        [.. Parse(artifact).Select(pair => KeyValuePair.Create(ulong.Parse(pair.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture), pair.Value))];

    /// <summary>Sets or takes away one user's override; those that expired go.</summary>
    public async Task SetAsync(ulong user, UserOverride? decision, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var artifact = await store.ReadAsync(Path, cancellationToken);
            var entries = Parse(artifact);
            foreach (var expired in entries.Where(entry => entry.Value.Expires <= now).Select(entry => entry.Key).ToArray())
            {
                entries.Remove(expired);
            }

            entries.Remove(KeyOf(user));
            if (decision is not null)
            {
                entries[KeyOf(user)] = new AccessEntry
                {
                    Rule = decision.Allow ? AccessRule.Allow : AccessRule.Deny,
                    Kind = AccessKind.User,
                    Value = "",
                    Author = decision.Author,
                    Reason = decision.Reason,
                    Expires = decision.Expires,
                };
            }

            if (await store.ReplaceAsync(Path, JsonSerializer.SerializeToUtf8Bytes(entries), artifact?.ETag, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private static SortedDictionary<string, AccessEntry> Parse(Artifact? artifact)
    {
        try
        {
            return artifact is null
                ? new SortedDictionary<string, AccessEntry>(StringComparer.Ordinal)
                : new SortedDictionary<string, AccessEntry>(JsonSerializer.Deserialize<Dictionary<string, AccessEntry>>(artifact.Content.Span)!, StringComparer.Ordinal);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{Path}: line {exception.LineNumber + 1}: not a list of overrides; restore it or set the overrides anew.", exception);
        }
    }

    private static string KeyOf(ulong user) => user.ToString("x16", CultureInfo.InvariantCulture);
}
