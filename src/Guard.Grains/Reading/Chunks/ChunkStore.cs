using Guard.Core.Lifecycle;
using Guard.Grains.Reading.Index;
using Orleans.Serialization;

namespace Guard.Grains.Reading.Chunks;

/// <summary>Where chunks are kept: <c>decision-chunks/{first}-{last}-{made}</c>, by the places of their segments and the version of the directory that they were made by, and their keys beside them under <c>decision-keys</c>.</summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads.</param>
internal sealed class ChunkStore(IArtifactStore store, Serializer serializer)
{
    private const string Chunks = "decision-chunks";
    private const string Keys = "decision-keys";

    /// <summary>Writes a chunk with its keys, before the index refers to it.</summary>
    /// <returns>About how large it is, in bytes.</returns>
    public async Task<long> CreateAsync(IndexEntry entry, DecisionChunk chunk)
    {
        var content = serializer.SerializeToArray(chunk);
        await store.CreateAsync(PathOf(Keys, entry), serializer.SerializeToArray(ChunkKeys.Of(chunk)));
        await store.CreateAsync(PathOf(Chunks, entry), content);
        return content.Length;
    }

    /// <summary>Reads a chunk, or gets <see langword="null"/>.</summary>
    public async Task<DecisionChunk?> FindAsync(IndexEntry entry, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(Chunks, entry), cancellationToken) is { } artifact ? serializer.Deserialize<DecisionChunk>(artifact.Content.Span) : null;

    /// <summary>Reads a chunk's keys, or gets <see langword="null"/>.</summary>
    public async Task<ChunkKeys?> FindKeysAsync(IndexEntry entry, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(Keys, entry), cancellationToken) is { } artifact ? serializer.Deserialize<ChunkKeys>(artifact.Content.Span) : null;

    /// <summary>Deletes a chunk with its keys.</summary>
    public async Task DeleteAsync(IndexEntry entry)
    {
        await store.DeleteAsync(PathOf(Chunks, entry));
        await store.DeleteAsync(PathOf(Keys, entry));
    }

    /// <summary>Lists the chunks that stand in the store, also those that the index does not refer to. Only their places and versions are known.</summary>
    public async Task<IReadOnlyList<IndexEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<IndexEntry>();
        foreach (var folder in (string[])[Chunks, Keys])
        {
            await foreach (var path in store.ListAsync(folder, cancellationToken))
            {
                long[] numbers = [.. path[(folder.Length + 1)..].Split('-').Select(long.Parse)];
                found.Add(new IndexEntry { Partition = IndexEntry.Chunk, FirstOrdinal = numbers[0], LastOrdinal = numbers[1], FirstMessage = numbers[2] });
            }
        }

        return [.. found];
    }

    private static string PathOf(string folder, IndexEntry entry) => $"{folder}/{entry.FirstOrdinal:D20}-{entry.LastOrdinal:D20}-{entry.FirstMessage}";
}
