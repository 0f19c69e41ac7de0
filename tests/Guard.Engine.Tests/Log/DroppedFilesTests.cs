using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class DroppedFilesTests
{
    private const int Step = 64 << 10;
    private const int Blocks = 2_500;
    private static readonly PartitionLogOptions s_options = new() { SegmentBytes = 5 * Step, KeepBytes = 5 * Step };

    [Fact]
    public async Task A_dropped_segment_loses_a_little_at_a_time_and_then_is_gone_with_its_index()
    {
        using var folder = new LogFolderOnDisk();
        var disk = new ShrinkingDisk();
        using var log = await FilledAsync(folder, disk);
        var first = Path.GetFileName(folder.Segments[0]);

        Assert.True(log.Retain(Blocks) > 0);
        await log.Deleting;

        var lengths = disk.Lengths.Where(each => each.File == first + SegmentName.Dropped).Select(each => each.Length).ToList();
        Assert.InRange(lengths.Count, 5, 6);
        Assert.InRange(lengths[^1], 1, Step);
        Assert.All(lengths.Zip(lengths.Skip(1)), pair => Assert.Equal(Step, pair.First - pair.Second));
        Assert.DoesNotContain(Names(folder), name => name.EndsWith(SegmentName.Dropped, StringComparison.Ordinal));
        Assert.Equal(LogFolderOnDisk.Positions(log.First, Blocks), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public async Task Who_reads_a_segment_whose_bytes_go_is_taken_to_the_oldest_that_is_kept_and_no_damage_is_said()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, new ShrinkingDisk());
        using var cursor = log.Read(3);
        Assert.True(cursor.TryRead(out _));
        var second = LogFolderOnDisk.FirstOf(folder.Segments[1]);

        log.Retain(Blocks);
        await log.Deleting;

        var positions = new List<long>();
        while (cursor.TryRead(out var block))
        {
            Assert.Equal(LogFolderOnDisk.PayloadOf(block.Position), block.Payload.ToArray());
            positions.Add(block.Position);
        }

        var read = positions.FindIndex(position => position >= log.First);
        Assert.InRange(positions[read - 1], 4, second - 2);
        Assert.Equal([.. LogFolderOnDisk.Positions(4, 4 + read), .. LogFolderOnDisk.Positions(log.First, Blocks)], positions);
        Assert.Empty(log.Findings);
    }

    [Fact]
    public async Task A_log_closes_without_waiting_for_what_was_dropped_and_the_next_start_goes_on_with_it()
    {
        using var folder = new LogFolderOnDisk().Filled(5);
        var dropped = folder.Segments[0] + SegmentName.Dropped;
        using (var file = new FileStream(dropped, FileMode.CreateNew))
        {
            file.SetLength(10_000L * Step);
        }

        var disk = new ShrinkingDisk();
        using (PartitionLog.Open(folder.Path, 0, s_options, null, null, disk.Open))
        {
            await disk.ShrinkReachedAsync();
        }

        Assert.InRange(new FileInfo(dropped).Length, Step, 9_999L * Step);
        LogFolderOnDisk.Cut(dropped, 2 * Step);
        using var again = folder.Open();
        await again.Deleting;
        Assert.False(File.Exists(dropped));
        Assert.Empty(again.Findings);
        Assert.Equal(LogFolderOnDisk.Positions(0, 5), LogFolderOnDisk.Read(again));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_the_names_of_a_segment_and_its_index_leaves_nothing_that_recovery_trips_over(bool withIndex)
    {
        using var folder = new LogFolderOnDisk();
        (await FilledAsync(folder, new ShrinkingDisk())).Dispose();
        var (oldest, next) = (folder.Segments[0], LogFolderOnDisk.FirstOf(folder.Segments[1]));
        DroppedFiles.Drop(oldest);
        LogFolderOnDisk.Cut(oldest + SegmentName.Dropped, Step);
        if (withIndex)
        {
            DroppedFiles.Drop(SegmentName.IndexOf(oldest));
        }

        using var log = PartitionLog.Open(folder.Path, Blocks, s_options);
        await log.Deleting;
        await log.Indexing;

        Assert.Empty(log.Findings);
        Assert.Equal(next, log.First);
        Assert.Empty(folder.Aside);
        Assert.Equal(folder.Segments.Length - 1, Names(folder).Count(name => name.EndsWith(SegmentName.Index, StringComparison.Ordinal)));
        Assert.DoesNotContain(Names(folder), name => name.EndsWith(SegmentName.Dropped, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(LogFolderOnDisk folder) => Directory.EnumerateFiles(folder.Path).Select(path => Path.GetFileName(path));

    private static async Task<PartitionLog> FilledAsync(LogFolderOnDisk folder, ShrinkingDisk disk)
    {
        var log = PartitionLog.Open(folder.Path, 0, s_options, null, null, disk.Open);
        LogFolderOnDisk.Append(log, Blocks);
        await log.WaitDurableAsync(Blocks - 1, TestContext.Current.CancellationToken);
        await log.Indexing;
        return log;
    }
}
