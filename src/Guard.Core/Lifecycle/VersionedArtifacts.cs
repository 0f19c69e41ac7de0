using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guard.Core.Lifecycle;

/// <summary>
/// The versions of one thing, such as the models <c>models/clicks</c>: each an immutable set of files in a folder of its
/// own, or one document, and <c>current.json</c>, which names the version in force.
/// </summary>
/// <param name="store">Where the versions are kept.</param>
/// <param name="folder">The thing's folder in the store.</param>
public sealed partial class VersionedArtifacts(IArtifactStore store, string folder)
{
    private const int PointerAttempts = 16;

    /// <summary>Writes a version's files. Writing the same version again changes nothing.</summary>
    /// <exception cref="ArtifactConflictException">The version exists with other content.</exception>
    public async ValueTask CreateAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var (name, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            await store.CreateAsync($"{folder}/{version}/{name}", content, cancellationToken);
        }
    }

    /// <summary>Reads a version's files.</summary>
    /// <exception cref="ArtifactMissingException">There is no such version.</exception>
    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadAsync(string version, CancellationToken cancellationToken = default)
    {
        var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await foreach (var path in store.ListAsync($"{folder}/{version}", cancellationToken))
        {
            if (await store.ReadAsync(path, cancellationToken) is { } artifact)
            {
                files[path[(folder.Length + version.Length + 2)..]] = artifact.Content;
            }
        }

        return files.Count > 0
            ? files
            : throw new ArtifactMissingException($"{folder}/{version}: no such version; {folder}/{CurrentName} names the one in force.");
    }

    /// <summary>Writes a version that is one document. Writing the same version again changes nothing.</summary>
    /// <exception cref="ArtifactConflictException">The version exists with other content.</exception>
    public async ValueTask CreateDocumentAsync(string version, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        await store.CreateAsync(DocumentPath(version), content, cancellationToken);

    /// <summary>Reads a version that is one document.</summary>
    /// <exception cref="ArtifactMissingException">There is no such version.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadDocumentAsync(string version, CancellationToken cancellationToken = default) =>
        (await store.ReadAsync(DocumentPath(version), cancellationToken)
            ?? throw new ArtifactMissingException($"{DocumentPath(version)}: no such version; {PointerPath} names the one in force.")).Content;

    /// <summary>Gets the version in force, or <see langword="null"/> before the first.</summary>
    /// <exception cref="InvalidDataException">The pointer is not readable.</exception>
    public async ValueTask<string?> CurrentAsync(CancellationToken cancellationToken = default) =>
        await store.ReadAsync(PointerPath, cancellationToken) is { } artifact ? Read(artifact).Version : null;

    /// <summary>Puts a version in force.</summary>
    /// <param name="version">The version; its files must stand already.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The version that was in force before, or <see langword="null"/>.</returns>
    public async ValueTask<string?> MoveCurrentAsync(string version, CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; attempt < PointerAttempts; attempt++)
        {
            var artifact = await store.ReadAsync(PointerPath, cancellationToken);
            var previous = artifact is null ? null : Read(artifact).Version;
            if (previous == version)
            {
                return previous;
            }

            var content = JsonSerializer.SerializeToUtf8Bytes(new Pointer(version, previous), PointerJson.Default.Pointer);
            if (await store.ReplaceAsync(PointerPath, content, artifact?.ETag, cancellationToken) is not null)
            {
                return previous;
            }
        }

        throw new ArtifactConflictException($"{PointerPath}: others moved it {PointerAttempts} times meanwhile; see who publishes and try again.");
    }

    private const string CurrentName = "current.json";

    private string PointerPath => $"{folder}/{CurrentName}";

    private string DocumentPath(string version) => $"{folder}/{version}.json";

    private Pointer Read(Artifact artifact)
    {
        try
        {
            if (JsonSerializer.Deserialize(artifact.Content.Span, PointerJson.Default.Pointer) is { Version.Length: > 0 } pointer)
            {
                return pointer;
            }
        }
        catch (JsonException)
        {
            // Falls through to the one-line error: the reader's own message names nothing that mends it.
        }

        throw new InvalidDataException($"{PointerPath}: not a pointer to a version; write {{\"version\":\"…\"}} with the name of a folder beside it.");
    }

    internal sealed record Pointer(string Version, string? Previous);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Pointer))]
    internal sealed partial class PointerJson : JsonSerializerContext;
}
