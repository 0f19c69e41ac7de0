using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Files;

namespace Guard.Engine.Decisions;

/// <summary>A file of decisions, CloudEvents NDJSON in click order. It stands under its name only once it is whole.</summary>
public sealed class DecisionFile : IDecisionSink, IAsyncDisposable
{
    private const string TemporarySuffix = ".partial";
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private readonly DecisionEventWriter _writer = new();
    private bool _completed;

    /// <summary>Opens the file under a temporary name beside its place.</summary>
    /// <exception cref="IOException">The folder is not there or not writable.</exception>
    public DecisionFile(string path)
    {
        _path = Path.GetFullPath(path);
        _stream = new FileStream(_path + TemporarySuffix, FileMode.Create, FileAccess.Write, FileShare.Read, 1, FileOptions.Asynchronous);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(decided);
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            _writer.Write(_buffer, batch, decided, row);
            _buffer.Write("\n"u8);
        }

        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Flushes the decisions to the disk and gives the file its name.</summary>
    public async ValueTask CompleteAsync()
    {
        DiskFlush.Flush(_stream.SafeFileHandle, _path);
        await _stream.DisposeAsync();
        File.Move(_path + TemporarySuffix, _path, overwrite: true);
        _completed = true;
    }

    /// <summary>Closes the file; one that was not completed is removed.</summary>
    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _stream.DisposeAsync();
        if (!_completed)
        {
            File.Delete(_path + TemporarySuffix);
        }
    }
}
