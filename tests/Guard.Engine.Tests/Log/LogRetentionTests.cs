using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class LogRetentionTests
{
    private static readonly PartitionLogOptions s_options = LogFolderOnDisk.SmallSegments with { KeepBytes = 20_000, KeepFor = TimeSpan.FromDays(10) };
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Segments_that_no_snapshot_covers_stay_however_old_or_many()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, 200);
        _time.Advance(TimeSpan.FromDays(100));

        Assert.Equal(0, log.Retain(0));
        Assert.Equal(0, log.Retain(LogFolderOnDisk.FirstOf(folder.Segments[1]) - 1));
        Assert.Equal(LogFolderOnDisk.Positions(0, 200), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public async Task The_oldest_covered_segments_go_until_the_log_has_its_size()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, 200);
        var segments = folder.Segments;
        Assert.True(log.Bytes > 20_000);

        var dropped = log.Retain(200);

        Assert.InRange(log.Bytes, 15_000, 20_000);
        Assert.Equal(segments[dropped..], folder.Segments);
        Assert.Equal(LogFolderOnDisk.FirstOf(segments[dropped]), log.First);
        Assert.Equal(LogFolderOnDisk.Positions(log.First, 200), LogFolderOnDisk.Read(log));
        Assert.Empty(log.Find(LogFolderOnDisk.KeyOf(log.First - 1)));
        Assert.Null(log.PositionOf(log.First));
        await log.Indexing;
        Assert.Equal(folder.Segments.Length - 1, Directory.GetFiles(folder.Path, "*.index").Length);
    }

    [Fact]
    public async Task Covered_segments_go_by_age_and_the_one_that_is_written_stays()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, 40);
        var covered = LogFolderOnDisk.FirstOf(folder.Segments[^1]);
        _time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, log.Retain(covered));

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(folder.Segments.Length, log.Retain(40) + 1);
        Assert.Equal(covered, log.First);
        Assert.Equal(LogFolderOnDisk.Positions(covered, 40), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public async Task A_segment_is_closed_by_age_so_that_little_traffic_goes_too()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, 2);
        _time.Advance(TimeSpan.FromDays(1));
        LogFolderOnDisk.Append(log, 2);
        await log.WaitDurableAsync(3, TestContext.Current.CancellationToken);

        Assert.Equal([0, 2], folder.Segments.Select(LogFolderOnDisk.FirstOf));
    }

    [Fact]
    public async Task A_segment_that_a_crash_left_without_blocks_is_used_however_old()
    {
        using var folder = new LogFolderOnDisk();
        using (await FilledAsync(folder, 2))
        {
        }

        LogFolderOnDisk.Cut(folder.Segments[0], SegmentHeader.Size);
        _time.Advance(TimeSpan.FromDays(5));
        using (var log = await FilledAsync(folder, 2))
        {
            Assert.Equal(LogFolderOnDisk.Positions(0, 2), LogFolderOnDisk.Read(log));
        }

        using var again = folder.Open();
        Assert.Equal(LogFolderOnDisk.Positions(0, 2), LogFolderOnDisk.Read(again));
    }

    [Fact]
    public async Task A_reader_of_a_dropped_segment_goes_on_to_the_end()
    {
        using var folder = new LogFolderOnDisk();
        using var log = await FilledAsync(folder, 200);
        using var cursor = log.Read(3);
        Assert.True(cursor.TryRead(out var block));
        var second = LogFolderOnDisk.FirstOf(folder.Segments[1]);

        log.Retain(200);

        var positions = new List<long>();
        while (cursor.TryRead(out block))
        {
            positions.Add(block.Position);
        }

        Assert.Equal([.. LogFolderOnDisk.Positions(4, second), .. LogFolderOnDisk.Positions(log.First, 200)], positions);
    }

    private async Task<PartitionLog> FilledAsync(LogFolderOnDisk folder, int blocks)
    {
        var log = PartitionLog.Open(folder.Path, 0, s_options, _time);
        LogFolderOnDisk.Append(log, blocks);
        await log.WaitDurableAsync(blocks - 1, TestContext.Current.CancellationToken);
        return log;
    }
}
