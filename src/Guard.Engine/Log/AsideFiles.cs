namespace Guard.Engine.Log;

/// <summary>What was damaged or out of place in a log and is kept under another name for a person to look at: for a time, and not without end.</summary>
internal static class AsideFiles
{
    /// <summary>Sets a file aside; its age counts from now.</summary>
    public static void Move(LogFolder folder, string path)
    {
        var aside = SegmentName.AsideOf(path);
        File.Move(path, aside);
        File.SetLastWriteTimeUtc(aside, folder.Time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Deletes what is older than the log keeps, and the oldest beyond their number.</summary>
    public static void Prune(LogFolder folder)
    {
        var (options, now) = (folder.Options, folder.Time.GetUtcNow());
        var files = new DirectoryInfo(folder.Path).GetFiles("*" + SegmentName.Aside);
        foreach (var (rank, file) in files.OrderByDescending(static file => file.LastWriteTimeUtc).ThenBy(static file => file.Name, StringComparer.Ordinal).Index())
        {
            var since = new DateTimeOffset(file.LastWriteTimeUtc);
            if (rank >= options.KeepAside || now - since > options.KeepFor)
            {
                var bytes = file.Length;
                file.Delete();
                folder.Journal.AsideDeleted(file.Name, bytes, since, options.KeepFor, options.KeepAside);
            }
        }
    }
}
