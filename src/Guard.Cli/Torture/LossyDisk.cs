using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Guard.Cli.Torture;

/// <summary>A disk of its own, an ext4 file system in a file, that loses at a command what was not flushed, as with a power cut.</summary>
internal sealed partial class LossyDisk : IDisposable
{
    private const long Bytes = 1L << 30;

    // EXT4_IOC_SHUTDOWN, and that not even the journal is flushed (linux/ext4.h).
    private const nuint Shutdown = 0x8004587D;
    private const uint WithoutFlush = 2;
    private readonly string _image;

    private LossyDisk(string folder) => (Folder, _image) = (folder, folder + ".image");

    public string Folder { get; }

    private string Marker => Path.Combine(Folder, "marker");

    /// <summary>Makes a disk at a folder.</summary>
    /// <exception cref="TrialSkippedException">That is not allowed here.</exception>
    public static LossyDisk Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var disk = new LossyDisk(folder);
        using (var image = new FileStream(disk._image, FileMode.CreateNew))
        {
            image.SetLength(Bytes);
        }

        if (!OperatingSystem.IsLinux() || !SystemProgram.Run("mkfs.ext4", "-q", "-F", disk._image) || !disk.Mount())
        {
            throw new TrialSkippedException("needs Linux, mkfs.ext4 and leave to mount a file");
        }

        File.WriteAllBytes(disk.Marker, []);
        return disk;
    }

    /// <summary>Makes durable what was written so far.</summary>
    public void Flush() => Require(SystemProgram.Run("sync", "-f", Folder), "sync");

    /// <summary>Cuts the power: nothing reaches the disk any more.</summary>
    public void Cut()
    {
        using var file = File.OpenHandle(Marker);
        Require(Control(file, Shutdown, WithoutFlush) == 0, "EXT4_IOC_SHUTDOWN");
    }

    /// <summary>Gives a disk whose power was cut, and in which nobody works any more, back as it then is.</summary>
    public void Restore()
    {
        Require(SystemProgram.Run("umount", Folder), "umount");
        Require(Mount(), "mount");
    }

    public void Dispose() => SystemProgram.Run("umount", "-l", Folder);

    private static void Require(bool done, string what)
    {
        if (!done)
        {
            throw new IOException($"{what} failed on the disk whose power is cut");
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, nuint request, in uint argument);

    private bool Mount() => SystemProgram.Run("mount", "-o", "loop", _image, Folder);
}
