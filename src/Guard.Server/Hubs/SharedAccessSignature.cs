using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Guard.Server.Hubs;

/// <summary>
/// A shared access signature: <c>SharedAccessSignature sr=…&amp;sig=…&amp;se=…&amp;skn=…</c>, where <c>sig</c> is the base64 of the
/// HMAC-SHA256, under the policy's key, of the encoded resource, a line feed and the expiry.
/// </summary>
/// <remarks>
/// "Authenticate access to Event Hubs resources using shared access signatures", learn.microsoft.com. The resource's host is not
/// compared: the name that producers use may be that of a proxy, and the key belongs to this server alone.
/// </remarks>
internal static class SharedAccessSignature
{
    public const string Scheme = "SharedAccessSignature";
    private const int GreatestLength = 4096;

    /// <summary>Gets why a token does not allow sending to a hub; <see langword="null"/> where it does.</summary>
    /// <param name="authorization">The value of the Authorization header.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="policies">The policies.</param>
    /// <param name="now">The time.</param>
    public static string? Refusal(string authorization, string hub, IReadOnlyList<SharedAccessPolicy> policies, DateTimeOffset now)
    {
        if (!authorization.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase) || authorization.Length > GreatestLength)
        {
            return "MissingToken: give Authorization: SharedAccessSignature sr=…&sig=…&se=…&skn=….";
        }

        var (sr, sig, se, skn) = Parts(authorization[(Scheme.Length + 1)..]);
        if (sr is null || sig is null || se is null || skn is null || !long.TryParse(se, NumberStyles.None, CultureInfo.InvariantCulture, out var expiry))
        {
            return "MalformedToken: sr, sig, se and skn stand there once each, and se is in seconds since 1970.";
        }

        var name = Uri.UnescapeDataString(skn);
        var policy = policies.FirstOrDefault(policy => policy.Name == name);
        if (!IsSigned(sr, sig, se, policy?.Key ?? "") || policy is null)
        {
            return "InvalidSignature: The token has an invalid signature.";
        }

        if (expiry <= now.ToUnixTimeSeconds())
        {
            return "ExpiredToken: The token is expired.";
        }

        return Covers(Uri.UnescapeDataString(sr), hub) && (policy.Hub is null || policy.Hub.Equals(hub, StringComparison.OrdinalIgnoreCase))
            ? null
            : "InvalidAudience: The token is for another hub.";
    }

    // The signature covers the resource and the expiry as the token spells them.
    private static bool IsSigned(string sr, string sig, string se, string key)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{sr}\n{se}"), expected);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(sig), given, out var length) && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }

    private static (string? Sr, string? Sig, string? Se, string? Skn) Parts(string token)
    {
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var part in token.Split('&'))
        {
            var equals = part.IndexOf('=');
            if (equals > 0)
            {
                var name = part[..equals].Trim();
                parts[name] = parts.ContainsKey(name) ? null : part[(equals + 1)..];
            }
        }

        return (parts.GetValueOrDefault("sr"), parts.GetValueOrDefault("sig"), parts.GetValueOrDefault("se"), parts.GetValueOrDefault("skn"));
    }

    // A token covers what lies under its resource: the namespace all hubs, a hub its publishers.
    private static bool Covers(string resource, string hub)
    {
        var authority = resource.IndexOf("://", StringComparison.Ordinal);
        var slash = resource.IndexOf('/', authority < 0 ? 0 : authority + 3);
        var path = slash < 0 ? "" : resource[slash..].Trim('/');
        return path.Length == 0 || path.Equals(hub, StringComparison.OrdinalIgnoreCase) || path.Equals($"{hub}/messages", StringComparison.OrdinalIgnoreCase);
    }
}
