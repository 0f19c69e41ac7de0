namespace Guard.Engine.Intake;

/// <summary>Opens files that nobody but their owner reads; on Windows the folder's access rules hold.</summary>
internal static class OwnerOnlyFile
{
    public static FileStream Open(string path, FileMode mode)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
