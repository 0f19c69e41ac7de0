namespace Guard.Server.Keys;

/// <summary>A key as it is kept: without its secret.</summary>
/// <remarks>
/// The secret is 256 random bits, so nobody finds it from its SHA-256 by trying, and a slow hash such as PBKDF2, which protects what
/// people think up, would only make every request dear.
/// </remarks>
public sealed record ApiKey
{
    /// <summary>Gets the public part of the key, by which it is found, shown and revoked.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what a person calls it, such as the producer that has it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it allows.</summary>
    public required ApiScopes Scopes { get; init; }

    /// <summary>Gets the SHA-256 of the whole key in UTF-8, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Gets from when on it allows nothing; <see langword="null"/> where it does not end.</summary>
    public DateTimeOffset? Expires { get; init; }
}
