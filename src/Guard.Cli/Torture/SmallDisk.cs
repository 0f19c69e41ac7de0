namespace Guard.Cli.Torture;

/// <summary>A place that fills soon: a file system in memory of a few megabytes, or, where mounting is not allowed, a limit on the size of each file.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int BlockBytes = 512;
    private readonly bool _mounted;

    private SmallDisk(string folder, bool mounted, int megabytes)
    {
        (Folder, _mounted) = (folder, mounted);
        Description = mounted ? $"a file system of {megabytes} MB in memory" : "a limit of 1 MB on each file (ulimit -f), since mounting is not allowed here";
    }

    public string Folder { get; }

    public string Description { get; }

    /// <summary>Gets whether space can be given back while the server runs.</summary>
    public bool CanFree => _mounted;

    /// <summary>Gets how a server is started so that it meets the limit.</summary>
    public IReadOnlyList<string> Wrapper => _mounted ? [] : ["sh", "-c", $"trap '' XFSZ; ulimit -f {(1 << 20) / BlockBytes}; exec \"$@\"", "sh"];

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Makes a small disk below a folder; half of it is taken by ballast.</summary>
    public static SmallDisk Create(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var disk = new SmallDisk(folder, SystemProgram.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder), megabytes);
        if (disk._mounted)
        {
            File.WriteAllBytes(disk.Ballast, new byte[megabytes * (1 << 20) / 2]);
        }

        return disk;
    }

    /// <summary>Gives the ballast's space back.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (_mounted)
        {
            SystemProgram.Run("umount", "-l", Folder);
        }
    }
}
