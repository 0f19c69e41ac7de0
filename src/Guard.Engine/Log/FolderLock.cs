namespace Guard.Engine.Log;

/// <summary>Holds a folder for one process: the file <c>.lock</c> in it, held open exclusively. The system gives it back when the process ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".lock";

    // What the system says where another handle holds the file: EAGAIN of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which is made where it is not there.</summary>
    /// <exception cref="FolderInUseException">Another process, or another lock of this one, holds it.</exception>
    /// <exception cref="IOException">The folder is not writable.</exception>
    public static FolderLock Acquire(string folder)
    {
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        try
        {
            return new FolderLock(new FileStream(Path.Combine(path, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException exception) when (exception.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new FolderInUseException(path, exception);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => _file.Dispose();
}
