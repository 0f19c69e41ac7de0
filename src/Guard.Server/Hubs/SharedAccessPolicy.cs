namespace Guard.Server.Hubs;

/// <summary>A shared access policy, as Event Hubs calls the named secret with which producers sign their tokens.</summary>
/// <param name="Name">The policy's name, the <c>skn</c> of a token.</param>
/// <param name="Key">The secret as the connection string's SharedAccessKey gives it; its characters themselves are the HMAC's key.</param>
/// <param name="Hub">The only hub that it allows; <see langword="null"/> for all.</param>
public sealed record SharedAccessPolicy(string Name, string Key, string? Hub = null)
{
    /// <summary>The fewest characters of a key: 16 random bytes in base64. Azure makes 44.</summary>
    public const int LeastKeyLength = 22;

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(SharedAccessPolicy)} {{ Name = {Name}, Hub = {Hub} }}";
}
