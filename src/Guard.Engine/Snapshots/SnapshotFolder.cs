using System.Globalization;
using Guard.Core.Counters;
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
    public const string PartialSuffix = ".partial";

    /// <summary>Gets the bytes of all snapshots.</summary>
    public long Bytes => Files().Sum(file => new FileInfo(file.Path).Length);

    /// <summary>Gets the position from which the oldest kept snapshot needs the log; 0 where there are fewer than are kept.</summary>
    public long NeedsFrom => Files() is { Count: >= Kept } files ? files[0].Position : 0;

    /// <summary>Gets when the newest was written, or <see langword="null"/>.</summary>
    public DateTimeOffset? Newest => Files() is { Count: > 0 } files ? new DateTimeOffset(File.GetLastWriteTimeUtc(files[^1].Path)) : null;

    /// <summary>Gets the name of a snapshot.</summary>
    public string PathOf(long position) => Path.Combine(path, position.ToString("D20", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>Makes the folder, and removes what was never whole.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(path);
        foreach (var partial in Directory.EnumerateFiles(path, "*" + PartialSuffix))
        {
            File.Delete(partial);
        }
    }

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

    /// <summary>Removes what is more than the kept ones.</summary>
    public void DropOld()
    {
        var files = Files();
        foreach (var (_, file) in files.Take(Math.Max(0, files.Count - Kept)))
        {
            File.Delete(file);
        }
    }

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
