using Guard.Core.Clicks;
using Guard.Core.Lists;
using Guard.Engine.Log;
using Guard.Engine.Shards;

namespace Guard.Engine.Hosting;

/// <summary>How a host on one machine works. The defaults are Guard's own choice.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Gets the data folder: hashing key, log, snapshots, quarantine. Models and thresholds come from the artifact store.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the name of models and thresholds in the artifact store. Default: <c>clicks</c>.</summary>
    public string Name { get; init; } = "clicks";

    /// <summary>Gets how events are taken in.</summary>
    public IntakeOptions Intake { get; init; } = new();

    /// <summary>Gets how the shards are laid out. Default: 64 shards, so that a snapshot copies each in a short pause.</summary>
    public ShardOptions Shards { get; init; } = new() { Shards = 64 };

    /// <summary>Gets how the log is kept.</summary>
    public PartitionLogOptions Log { get; init; } = new();

    /// <summary>Gets the allow and deny list.</summary>
    public AccessList Access { get; init; } = AccessList.Empty;

    /// <summary>Gets the crawler list.</summary>
    public CrawlerList Crawlers { get; init; } = CrawlerList.BuiltIn;

    /// <summary>Gets the most events of a batch, in [1, 65,536]. Default: 4,096.</summary>
    public int BatchEvents { get; init; } = 4_096;

    /// <summary>Gets the bytes of events that may wait, in [1 MiB, 64 GiB]; who sends more is told to come again. Default: 128 MiB.</summary>
    public long QueueBytes { get; init; } = 128L << 20;

    /// <summary>
    /// Gets how long a sender waits for a disk that takes nothing before it is told to come again, in [10 ms, 10 min]. Its events stay
    /// where they are and become durable once the disk writes; sent again, they are duplicates. Default: 10 seconds.
    /// </summary>
    public TimeSpan DiskPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets how long after its arrival a click of <see cref="Core.Hosting.IIngest.ScoreAsync"/> waits for the disk before its decision is given
    /// without, and said not to be durable yet: −1 ms, or in [0, 1 min]. Default: −1 ms, it waits until it is durable.
    /// </summary>
    public TimeSpan ScorePatience { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets after how long a snapshot follows the one before, in [1 s, 1 day]. Default: 5 minutes.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets after how many bytes of log a snapshot is taken before its time, in [64 KiB, 1 TiB]: it bounds what a start has to replay. Default: 1 GiB.</summary>
    public long SnapshotLogBytes { get; init; } = 1L << 30;

    /// <summary>Gets how often the artifact store is asked for newer models and thresholds, in [10 ms, 1 day]. Default: 5 seconds.</summary>
    public TimeSpan PolicyInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the bytes that the quarantine's two files may take together, in [64 KiB, 1 TiB]. Default: 64 MiB.</summary>
    public long QuarantineBytes { get; init; } = 64L << 20;

    /// <summary>Gets how the log opens its files; tests put a failing disk here.</summary>
    internal Func<string, FileMode, FileAccess, SegmentFile> OpenSegment { get; init; } = static (path, mode, access) => new SegmentFile(path, mode, access);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Folder), nameof(Folder), "a folder");
        Require(!string.IsNullOrWhiteSpace(Name), nameof(Name), "the name of the models");
        Intake.Validate();
        Shards.Validate();
        Log.Validate();
        Require(BatchEvents is >= 1 and <= 65_536, nameof(BatchEvents), "1 to 65536");
        Require(QueueBytes is >= 1 << 20 and <= 64L << 30, nameof(QueueBytes), "1 MiB to 64 GiB");
        Require(DiskPatience >= TimeSpan.FromMilliseconds(10) && DiskPatience <= TimeSpan.FromMinutes(10), nameof(DiskPatience), "10 ms to 10 minutes");
        Require(ScorePatience == Timeout.InfiniteTimeSpan || (ScorePatience >= TimeSpan.Zero && ScorePatience <= TimeSpan.FromMinutes(1)), nameof(ScorePatience), "0 to 1 minute, or -1 ms to wait until a click is durable");
        Require(SnapshotInterval >= TimeSpan.FromSeconds(1) && SnapshotInterval <= TimeSpan.FromDays(1), nameof(SnapshotInterval), "a second to a day");
        Require(SnapshotLogBytes is >= 64 << 10 and <= 1L << 40, nameof(SnapshotLogBytes), "64 KiB to 1 TiB");
        Require(PolicyInterval >= TimeSpan.FromMilliseconds(10) && PolicyInterval <= TimeSpan.FromDays(1), nameof(PolicyInterval), "10 ms to a day");
        Require(QuarantineBytes is >= 64 << 10 and <= 1L << 40, nameof(QuarantineBytes), "64 KiB to 1 TiB");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} is out of range: give {range}.", name);
        }
    }
}
