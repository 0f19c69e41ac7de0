namespace Guard.Azure.Storage;

/// <summary>Where a blob container is and how Guard gets in: by identity at <see cref="ServiceUri"/>, or by <see cref="ConnectionString"/> where that is set.</summary>
public sealed record BlobStorageOptions
{
    private const int ConnectionStringLength = 4096;

    /// <summary>Gets the account's blob endpoint, such as <c>https://guard.blob.core.windows.net</c>; https, without query. Default: none.</summary>
    public Uri? ServiceUri { get; init; }

    /// <summary>Gets a connection string, which holds a key: for an emulator, and for accounts that know no identities. Default: none.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Gets the container: 3 to 63 lower-case letters, digits and single hyphens. Default: <c>guard</c>.</summary>
    public string Container { get; init; } = "guard";

    /// <summary>Gets whether a missing container is made at start rather than refused. Default: no, since a deployment makes it.</summary>
    public bool CreateContainer { get; init; }

    /// <summary>Gets which identity is used at <see cref="ServiceUri"/>. Default: <see cref="CredentialKind.Default"/>.</summary>
    public CredentialKind Credential { get; init; }

    /// <summary>Gets the client id of the user-assigned identity. Default: the one that the environment names, or the system's.</summary>
    public string? ClientId { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is missing, out of its range or contradicts another; the message names it.</exception>
    public void Validate()
    {
        Require((ServiceUri is null) != (ConnectionString is null), nameof(ServiceUri), "give either ServiceUri, for an identity, or ConnectionString, for a key");
        Require(ServiceUri is null || (ServiceUri.IsAbsoluteUri && ServiceUri.Scheme == Uri.UriSchemeHttps), nameof(ServiceUri), "give an absolute https address, since a token must not travel in the clear");
        Require(ServiceUri is null || ServiceUri.IsAbsoluteUri && ServiceUri.Query.Length == 0 && ServiceUri.UserInfo.Length == 0, nameof(ServiceUri), "leave out query and user: Guard takes no shared access signature");
        Require(ConnectionString is null or { Length: > 0 and <= ConnectionStringLength }, nameof(ConnectionString), "give 1 to 4096 characters");
        Require(IsContainerName(Container), nameof(Container), "give 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends");
        Require(Enum.IsDefined(Credential), nameof(Credential), "give Default, WorkloadIdentity or ManagedIdentity");
        Require(ClientId is null || Guid.TryParse(ClientId, out _), nameof(ClientId), "give the identity's client id, a GUID");
    }

    private static bool IsContainerName(string? name) =>
        name is { Length: >= 3 and <= 63 }
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);

    private static void Require(bool valid, string name, string mend)
    {
        if (!valid)
        {
            throw new ArgumentException($"The blob storage option {name} does not do: {mend}.", name);
        }
    }
}
