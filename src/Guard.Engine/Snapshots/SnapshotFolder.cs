using System.Globalization;
using Guard.Core.Counters;
using Guard.Engine.Files;
using Guard.Engine.State;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.Snapshots;

/// <summary>The snapshots of a data folder, named by the position from which the log goes on.</summary>
/// <param name="path">The folder, which is made.</param>
/// <param name="logger">Where a bad snapshot is said.</param>
internal sealed partial class SnapshotFolder(string path, ILogger logger)
{
    private const string Suffix = ".snapshot";

    /// <summary>How many are kept: where the newest is damaged, the one before and more of the log give the same state.</summary>
    private const int Kept = 2;

    /// <summary>The suffix of a file that is not whole yet.</summary>
    private const string PartialSuffix = ".partial";

    /// <summary>The name of the file that the next snapshot is written over: a disk that hears of freed space may hold up the log's flushes for a quarter of a second.</summary>
    private const string Spare = "spare" + PartialSuffix;

    /// <summary>Gets the bytes of all snapshots.</summary>
    public long Bytes => Files().Sum(file => LengthOf(file.Path));

    /// <summary>Gets the position from which the oldest kept snapshot needs the log; 0 where there are fewer than are kept.</summary>
    public long NeedsFrom => Files() is { Count: >= Kept } files ? files[0].Position : 0;

    /// <summary>Gets when the newest was written, or <see langword="null"/>.</summary>
    public DateTimeOffset? Newest => Files() is { Count: > 0 } files ? new DateTimeOffset(File.GetLastWriteTimeUtc(files[^1].Path)) : null;

    /// <summary>Makes the folder; what was never whole becomes the file that the next snapshot is written over.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(path);
        foreach (var partial in Directory.EnumerateFiles(path, "*" + PartialSuffix))
        {
            SetFree(partial);
        }
    }

    /// <summary>Opens the file in which a snapshot is made, over a former one where there is such; what that held beyond the new end stays, and nobody reads it.</summary>
    /// <returns>The file, at its begin.</returns>
    public FileStream OpenPartial(long position)
    {
        var (partial, spare) = (PartialOf(position), Path.Combine(path, Spare));
        if (File.Exists(spare))
        {
            // That it is no snapshot any more must be durable before its bytes change.
            File.Move(spare, partial, overwrite: true);
            DiskFlush.Flush(path);
        }

        return new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    /// <summary>Gives a snapshot that is whole and durable its name.</summary>
    public void Publish(long position)
    {
        File.Move(PartialOf(position), PathOf(position), overwrite: true);
        DiskFlush.Flush(path);
    }

    /// <summary>Removes a snapshot that could not be made.</summary>
    public void GiveUp(long position) => File.Delete(PartialOf(position));

    /// <summary>Loads the newest snapshot that is whole.</summary>
    /// <param name="empty">Makes an empty state.</param>
    /// <returns>The state; an empty one where there is no good snapshot.</returns>
    /// <exception cref="Intake.InputException">A snapshot is whole, and the options give another number of shards.</exception>
    public EngineState Load(Func<EngineState> empty)
    {
        foreach (var (position, file) in Enumerable.Reverse(Files()))
        {
            var state = empty();
            try
            {
                SnapshotReader.Read(file, state);
                LogLoaded(logger, file, position);
                return state;
            }
            catch (Exception exception) when (exception is InvalidDataException or StateFormatException or IOException)
            {
                LogBad(logger, file, exception.Message);
            }
        }

        return empty();
    }

    /// <summary>Removes what is more than the kept ones and the one to write over.</summary>
    public void DropOld()
    {
        var files = Files();
        foreach (var (_, file) in files.Take(Math.Max(0, files.Count - Kept)))
        {
            SetFree(file);
        }
    }

    private static long LengthOf(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0; // Set free meanwhile.
        }
    }

    private void SetFree(string file)
    {
        var spare = Path.Combine(path, Spare);
        if (!File.Exists(spare))
        {
            File.Move(file, spare);
        }
        else if (file != spare)
        {
            File.Delete(file);
        }
    }

    private string PathOf(long position) => Path.Combine(path, position.ToString("D20", CultureInfo.InvariantCulture) + Suffix);

    private string PartialOf(long position) => PathOf(position) + PartialSuffix;

    private List<(long Position, string Path)> Files() => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, "*" + Suffix)
            .Select(file => (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : -1, file))
            .Where(file => file.Item1 >= 0)
            .Order()]
        : [];

    [LoggerMessage(Level = LogLevel.Information, Message = "{File}: state is taken from this snapshot; the log goes on from position {Position}")]
    private static partial void LogLoaded(ILogger logger, string file, long position);

    [LoggerMessage(Level = LogLevel.Error, Message = "{File}: the snapshot is passed over, since {Problem}; the one before it and the log stand in")]
    private static partial void LogBad(ILogger logger, string file, string problem);
}
