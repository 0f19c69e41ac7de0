using Guard.Core.Lifecycle;
using Orleans.Storage;

namespace Guard.Grains.Storage;

/// <summary>
/// Grain state as artifacts, one a grain under <c>state/{type}/{key}/{name}</c>, written by compare-and-swap: on blobs where
/// the artifacts are blobs, in files where they are files. State is written in Orleans' own version-tolerant format.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads state.</param>
internal sealed class ArtifactGrainStorage(IArtifactStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var artifact = await store.ReadAsync(PathOf(stateName, grainId));
        grainState.ETag = artifact?.ETag;
        grainState.RecordExists = artifact is { Content.IsEmpty: false };
        grainState.State = artifact is { Content.IsEmpty: false } ? serializer.Deserialize<T>(new BinaryData(artifact.Content))! : Activator.CreateInstance<T>();
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        await ReplaceAsync(stateName, grainId, grainState, serializer.Serialize(grainState.State).ToMemory());
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);

        // The port deletes nothing: an empty artifact stands for no state, and its entity tag goes on fencing.
        await ReplaceAsync(stateName, grainId, grainState, ReadOnlyMemory<byte>.Empty);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private async Task ReplaceAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, ReadOnlyMemory<byte> content)
    {
        var path = PathOf(stateName, grainId);
        grainState.ETag = await store.ReplaceAsync(path, content, grainState.ETag)
            ?? throw new InconsistentStateException($"{path}: another activation saved meanwhile; this one gives way.", "other", grainState.ETag ?? "none");
    }

    private static string PathOf(string stateName, GrainId grainId) =>
        $"state/{grainId.Type}/{Uri.EscapeDataString(grainId.Key.ToString()!)}/{stateName}";
}
