using System.Security.Cryptography;
using System.Text;

namespace Guard.Server.Alerts;

/// <summary>A secret that webhook and receiver share: <c>whsec_</c> and the Base64 of 24 to 64 random bytes. No member gives it back, and no text shows it.</summary>
/// <remarks>Standard Webhooks, standardwebhooks.com, version 1: HMAC-SHA256 over id, timestamp and payload, joined by full stops.</remarks>
public sealed class WebhookSecret
{
    /// <summary>What a secret begins with.</summary>
    public const string Prefix = "whsec_";

    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Makes a secret of 32 random bytes, as text to give to both sides.</summary>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads a secret.</summary>
    /// <exception cref="FormatException">The text is none; the message does not repeat it.</exception>
    public static WebhookSecret Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), key, out var length) && length is >= LeastBytes and <= MostBytes
            ? new WebhookSecret(key[..length])
            : throw new FormatException($"A webhook secret is {Prefix} and the Base64 of {LeastBytes} to {MostBytes} bytes: make one with `printf 'whsec_%s' \"$(openssl rand -base64 32)\"`.");
    }

    /// <summary>Signs a delivery: <c>v1,</c> and the Base64 of the signature.</summary>
    /// <param name="id">The message's id, the header <c>webhook-id</c>.</param>
    /// <param name="timestamp">When it is sent, in Unix seconds, the header <c>webhook-timestamp</c>.</param>
    /// <param name="payload">The body.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(payload);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>Gets a text without the secret.</summary>
    public override string ToString() => "webhook secret (hidden)";
}
