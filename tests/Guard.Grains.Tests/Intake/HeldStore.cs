using Guard.Core.Lifecycle;

namespace Guard.Grains.Tests.Intake;

/// <summary>A store whose new artifacts below a folder wait until they are let through.</summary>
internal sealed class HeldStore(IArtifactStore store, string folder) : IArtifactStore
{
    private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends when the first of them waits.</summary>
    public Task Reached => _reached.Task;

    public void LetThrough() => _free.TrySetResult();

    public async ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (path.StartsWith(folder, StringComparison.Ordinal))
        {
            _reached.TrySetResult();
            await _free.Task.WaitAsync(cancellationToken);
        }

        return await store.CreateAsync(path, content, cancellationToken);
    }

    public ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default) => store.ReadAsync(path, cancellationToken);

    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) =>
        store.ReplaceAsync(path, content, expectedETag, cancellationToken);

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default) => store.DeleteAsync(path, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken = default) => store.ListAsync(folder, cancellationToken);
}
