using Guard.Engine.Files;
using Microsoft.Win32.SafeHandles;

namespace Guard.Engine.Log;

/// <summary>One open file of a log. Tests put a failing disk behind it.</summary>
internal class SegmentFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>Opens a file, owner-only where it is made. Others may read it meanwhile, and its name may be deleted.</summary>
    public SegmentFile(string path, FileMode mode, FileAccess access)
    {
        // A handle of File.OpenHandle cannot give the mode of a file that it makes; the stream's handle can.
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Path = path;
        _handle = new FileStream(path, options).SafeFileHandle;
    }

    public string Path { get; }

    public long Length => RandomAccess.GetLength(_handle);

    public virtual void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public virtual void Flush() => DiskFlush.Flush(_handle, Path);

    public virtual void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    /// <summary>Reads as many bytes as there are, at most the span.</summary>
    public virtual int Read(Span<byte> bytes, long offset)
    {
        var read = 0;
        while (read < bytes.Length)
        {
            var more = RandomAccess.Read(_handle, bytes[read..], offset + read);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return read;
    }

    public void Dispose()
    {
        _handle.Dispose();
        GC.SuppressFinalize(this);
    }
}
