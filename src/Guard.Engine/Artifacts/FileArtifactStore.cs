using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Guard.Core.Lifecycle;
using Guard.Engine.Files;

namespace Guard.Engine.Artifacts;

/// <summary>Artifacts as files below a folder. Several processes may share the folder.</summary>
/// <remarks>
/// A file appears whole under its name or not at all: it is written beside its place under a temporary name, flushed to
/// the disk, then moved; a new one only to a name that is free. Pointers are compared and swapped under an exclusive lock
/// on <c>.lock</c>.
/// </remarks>
public sealed class FileArtifactStore : IArtifactStore
{
    private const string TemporarySuffix = ".partial";
    private const string LockName = ".lock";
    private static readonly TimeSpan s_lockRetry = TimeSpan.FromMilliseconds(5);
    private readonly string _root;
    private readonly TimeProvider _time;

    /// <summary>Initialises a store; the folder is made on the first write.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="time">Paces the retries of a lock that another process holds.</param>
    public FileArtifactStore(string root, TimeProvider? time = null)
    {
        _root = Path.GetFullPath(root);
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(Locate(path), cancellationToken);
            return new Artifact(content, ETagOf(content));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var file = Locate(path);
        while (true)
        {
            // To give a file a name that is free needs no lock: of several who try, one succeeds.
            if (!File.Exists(file) && await TryWriteWholeAsync(file, content, overwrite: false, cancellationToken))
            {
                return true;
            }

            if (await ReadAsync(path, cancellationToken) is { } existing)
            {
                return existing.Content.Span.SequenceEqual(content.Span)
                    ? false
                    : throw new ArtifactConflictException($"{path}: other content stands there already, and a version never changes; publish under a new version.");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        var file = Locate(path);
        using var folderLock = await LockAsync(cancellationToken);
        var existing = await ReadAsync(path, cancellationToken);
        if (existing?.ETag != expectedETag)
        {
            return null;
        }

        return await TryWriteWholeAsync(file, content, overwrite: existing is not null, cancellationToken) ? ETagOf(content.Span) : null;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            File.Delete(Locate(path));
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no artifact either.
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var directory = Locate(folder);
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        var paths = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(TemporarySuffix, StringComparison.Ordinal) && Path.GetFileName(file) != LockName)
            .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }

        await Task.CompletedTask;
    }

    private static string ETagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));

    private static async Task<bool> TryWriteWholeAsync(string file, ReadOnlyMemory<byte> content, bool overwrite, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Guid.NewGuid():N}{TemporarySuffix}";
        await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
        {
            await stream.WriteAsync(content, cancellationToken);
            DiskFlush.Flush(stream.SafeFileHandle, temporary);
        }

        if (!overwrite)
        {
            return FreeName.TryTake(temporary, file);
        }

        File.Move(temporary, file, overwrite: true);
        return true;
    }

    private string Locate(string path)
    {
        var names = ArtifactPath.Split(path);
        return Path.IsPathRooted(path) || names.Any(name => name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            ? throw new ArgumentException($"'{path}' is no path of files on this system: leave out drives and the characters that it forbids in names.", nameof(path))
            : Path.Combine(_root, Path.Combine(names));
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(_root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                await Task.Delay(s_lockRetry, _time, cancellationToken);
            }
        }
    }
}
