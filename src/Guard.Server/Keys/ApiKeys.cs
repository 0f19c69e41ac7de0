using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Guard.Server.Keys;

/// <summary>The keys that a server knows. Immutable.</summary>
public sealed class ApiKeys
{
    private const string Prefix = "guard_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int GreatestLength = 128;
    private readonly FrozenDictionary<string, (ApiKey Key, byte[] Hash)> _byId;

    /// <summary>Checks and takes keys.</summary>
    /// <exception cref="FormatException">A key is not as <see cref="Create"/> makes it, or two have one id; the message names it.</exception>
    public ApiKeys(IReadOnlyList<ApiKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var byId = new Dictionary<string, (ApiKey, byte[])>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (string.IsNullOrEmpty(key.Id) || key.Scopes == ApiScopes.None || key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
            {
                throw new FormatException($"The key '{key.Id}' has no id, no scope or no SHA-256 of 64 hexadecimal digits; make it again with `guard key`.");
            }

            if (!byId.TryAdd(key.Id, (key, Convert.FromHexString(key.Sha256))))
            {
                throw new FormatException($"The key '{key.Id}' stands there twice; remove one.");
            }
        }

        All = keys;
        _byId = byId.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gets the keys.</summary>
    public IReadOnlyList<ApiKey> All { get; }

    /// <summary>Makes a key of 256 random bits, written <c>guard_id_secret</c>.</summary>
    /// <param name="name">What a person calls it.</param>
    /// <param name="scopes">What it allows.</param>
    /// <param name="created">The time.</param>
    /// <param name="expires">From when on it allows nothing; <see langword="null"/> for no end.</param>
    public static NewApiKey Create(string name, ApiScopes scopes, DateTimeOffset created, DateTimeOffset? expires = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfEqual(scopes, ApiScopes.None);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return new(secret, new ApiKey
        {
            Id = id,
            Name = name,
            Scopes = scopes,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
            Created = created,
            Expires = expires,
        });
    }

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="FormatException">The text is no such file; the message says where.</exception>
    public static ApiKeys Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return new(JsonSerializer.Deserialize(json, ApiKeyJson.Default.IReadOnlyListApiKey) ?? []);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The keys are not JSON as `guard key` writes it, at {e.Path ?? "$"}, line {e.LineNumber + 1}.", e);
        }
    }

    /// <summary>Writes a file of keys, without secrets.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(All, ApiKeyJson.Default.IReadOnlyListApiKey);

    /// <summary>Finds the key that a caller presents, in a time that does not depend on how much of it is right; <see langword="null"/> where it is unknown or expired.</summary>
    /// <param name="presented">The whole key.</param>
    /// <param name="now">The time.</param>
    public ApiKey? Find(string presented, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(presented);
        if (presented.Length > GreatestLength || !presented.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = presented.IndexOf('_', Prefix.Length);
        if (end < 0 || !_byId.TryGetValue(presented[Prefix.Length..end], out var known))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);
        return CryptographicOperations.FixedTimeEquals(hash, known.Hash) && !(known.Key.Expires <= now) ? known.Key : null;
    }
}
