using Guard.Core.Lifecycle;
using Orleans.Serialization;

namespace Guard.Grains.Reading.Index;

/// <summary>Where the index is saved: <c>decision-index/head</c>, and bases <c>decision-index/{version}</c>.</summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads.</param>
internal sealed class IndexStore(IArtifactStore store, Serializer serializer)
{
    private const string Folder = "decision-index";
    private const string HeadPath = $"{Folder}/head";

    /// <summary>Reads the head with its entity tag; <see langword="null"/> before the first.</summary>
    public async Task<(IndexHead Head, string Tag)?> ReadHeadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(HeadPath, cancellationToken) is { } artifact ? (serializer.Deserialize<IndexHead>(artifact.Content.Span)!, artifact.ETag) : null;

    /// <summary>Replaces the head; gets its entity tag, or <see langword="null"/> where another activation was faster.</summary>
    public async Task<string?> ReplaceHeadAsync(IndexHead head, string? tag) => await store.ReplaceAsync(HeadPath, serializer.SerializeToArray(head), tag);

    /// <summary>Reads the directory as it is saved, which is what holds whoever says otherwise.</summary>
    /// <param name="known">What the caller knows.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidDataException">A base is missing.</exception>
    public async Task<DecisionDirectory> ReadAsync(DecisionDirectory known, CancellationToken cancellationToken)
    {
        while (await ReadHeadAsync(cancellationToken) is var (head, tag))
        {
            if (head.Base <= known.Version)
            {
                return known.Apply(head.Since);
            }

            if (await ReadBaseAsync(head.Base, cancellationToken) is { } whole)
            {
                return DecisionDirectory.Empty.Apply(whole).Apply(head.Since);
            }

            // Another activation moved the head meanwhile; one that did not lost its base.
            if ((await ReadHeadAsync(cancellationToken))?.Tag == tag)
            {
                throw new InvalidDataException($"{PathOf(head.Base)}: the base that {HeadPath} names is not there; restore it.");
            }
        }

        return known;
    }

    /// <summary>Reads a base, or gets <see langword="null"/> where a newer head let it go.</summary>
    public async Task<DirectoryChange?> ReadBaseAsync(long version, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(version), cancellationToken) is { } artifact ? serializer.Deserialize<DirectoryChange>(artifact.Content.Span) : null;

    /// <summary>Writes a base, before a head refers to it. There is one directory of each version, so that whoever writes it writes the same.</summary>
    public async Task WriteBaseAsync(DirectoryChange whole) => await store.CreateAsync(PathOf(whole.Version), serializer.SerializeToArray(whole));

    /// <summary>Deletes a base to which no head refers any more.</summary>
    public ValueTask DeleteBaseAsync(long version) => store.DeleteAsync(PathOf(version));

    /// <summary>Deletes bases before a version, but one: what an activation left that ended before its head, or after.</summary>
    public async Task SweepAsync(long before, long but, CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(Folder, cancellationToken))
        {
            if (long.TryParse(path.AsSpan(Folder.Length + 1), out var version) && version < before && version != but)
            {
                await store.DeleteAsync(path, cancellationToken);
            }
        }
    }

    private static string PathOf(long version) => $"{Folder}/{version:D20}";
}
