using Guard.Core.Lifecycle;
using Orleans.Serialization;

namespace Guard.Grains.Reading.Index;

/// <summary>Where the index is saved: <c>decision-index/head</c>, and bases <c>decision-index/{version}</c>.</summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads.</param>
internal sealed class IndexStore(IArtifactStore store, Serializer serializer)
{
    private const string HeadPath = "decision-index/head";

    /// <summary>Reads the head with its entity tag; <see langword="null"/> before the first.</summary>
    public async Task<(IndexHead Head, string Tag)?> ReadHeadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(HeadPath, cancellationToken) is { } artifact ? (serializer.Deserialize<IndexHead>(artifact.Content.Span)!, artifact.ETag) : null;

    /// <summary>Replaces the head; gets its entity tag, or <see langword="null"/> where another activation was faster.</summary>
    public async Task<string?> ReplaceHeadAsync(IndexHead head, string? tag) => await store.ReplaceAsync(HeadPath, serializer.SerializeToArray(head), tag);

    /// <summary>Reads a base, or <see langword="null"/> where a newer head let it go.</summary>
    public async Task<DirectoryChange?> ReadBaseAsync(long version, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(version), cancellationToken) is { } artifact ? serializer.Deserialize<DirectoryChange>(artifact.Content.Span) : null;

    /// <summary>Writes a base, before a head refers to it. There is one directory of each version, so that whoever writes it writes the same.</summary>
    public async Task WriteBaseAsync(DirectoryChange whole) => await store.CreateAsync(PathOf(whole.Version), serializer.SerializeToArray(whole));

    /// <summary>Deletes a base to which no head refers any more.</summary>
    public ValueTask DeleteBaseAsync(long version) => store.DeleteAsync(PathOf(version));

    private static string PathOf(long version) => $"decision-index/{version:D20}";
}
