using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class LogWriterTests
{
    private readonly FakeTime _time = new();
    private readonly FailingDisk _disk = new();

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(700)]
    [InlineData(2000)]
    public async Task A_full_disk_keeps_what_waits_and_writes_it_once_when_there_is_space(long room)
    {
        using var folder = new LogFolderOnDisk();
        using (var log = Open(folder))
        {
            LogFolderOnDisk.Append(log, 12);
            await DurableAsync(log);
            _disk.Room = room;
            LogFolderOnDisk.Append(log, 20);
            await _time.TimerStartedAsync();

            Assert.Equal(LogCondition.DiskFull, log.Health.Condition);
            Assert.Equal(_time.GetUtcNow(), log.Health.Since);
            Assert.Contains("is full", log.Health.Reason, StringComparison.Ordinal);
            Assert.True(log.PendingBytes > 0);
            LogFolderOnDisk.Append(log, 20);
            var durable = log.Durable;
            _time.Advance(LogFolderOnDisk.SmallSegments.RetryAfter);
            await _time.TimerStartedAsync();
            Assert.Equal(durable, log.Durable);
            Assert.Equal(LogFolderOnDisk.Positions(0, durable), LogFolderOnDisk.Read(log));

            _disk.Room = long.MaxValue;
            _time.Advance(LogFolderOnDisk.SmallSegments.RetryAfter);
            await DurableAsync(log);

            Assert.Equal((LogCondition.Writing, 0), (log.Health.Condition, log.PendingBytes));
            Assert.Equal(LogFolderOnDisk.Positions(0, 52), LogFolderOnDisk.Read(log));
        }

        using var again = folder.Open();
        Assert.Empty(again.Findings);
        Assert.Equal(LogFolderOnDisk.Positions(0, 52), LogFolderOnDisk.Read(again));
    }

    [Theory]
    [InlineData(1, 0, 12)]
    [InlineData(3, 0, 12)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 12)]
    [InlineData(0, 2, 0)]
    public async Task A_failed_flush_or_write_gives_the_file_up_and_writes_what_waits_to_a_new_one(int flushes, int writes, int before)
    {
        using var folder = new LogFolderOnDisk();
        using (var log = Open(folder))
        {
            LogFolderOnDisk.Append(log, before);
            await DurableAsync(log);
            (_disk.FailingFlushes, _disk.FailingWrites) = (flushes, writes);
            LogFolderOnDisk.Append(log, 3);
            for (var failed = 0; failed < flushes + writes; failed++)
            {
                await _time.TimerStartedAsync();
                Assert.Equal(LogCondition.Failing, log.Health.Condition);
                Assert.Equal(before, log.Durable);
                _time.Advance(LogFolderOnDisk.SmallSegments.RetryAfter);
            }

            await DurableAsync(log);
            Assert.Equal(LogCondition.Writing, log.Health.Condition);
            Assert.Equal(LogFolderOnDisk.Positions(0, before + 3), LogFolderOnDisk.Read(log));
        }

        Assert.Equal(before > 0 ? 2 : 1, folder.Segments.Length);
        using var again = folder.Open();
        Assert.Empty(again.Findings);
        Assert.Equal(LogFolderOnDisk.Positions(0, before + 3), LogFolderOnDisk.Read(again));
    }

    [Fact]
    public void A_flush_that_the_system_refuses_is_no_success()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "needs a file that cannot be flushed");
        using var file = new SegmentFile("/dev/null", FileMode.Open, FileAccess.ReadWrite);

        Assert.Throws<IOException>(file.Flush);
    }

    [Fact]
    public async Task Durable_blocks_that_the_disk_lost_end_the_writing_and_are_said()
    {
        using var folder = new LogFolderOnDisk();
        using var log = Open(folder);
        LogFolderOnDisk.Append(log, 12);
        await DurableAsync(log);
        (_disk.FailingFlushes, _disk.LosesDurableBytes) = (1, true);
        LogFolderOnDisk.Append(log, 1);
        var waiting = log.WaitDurableAsync(12, TestContext.Current.CancellationToken);
        await _time.TimerStartedAsync();
        _time.Advance(LogFolderOnDisk.SmallSegments.RetryAfter);

        var error = await Assert.ThrowsAsync<LogFailedException>(async () => await waiting);

        Assert.Contains("cannot be read back", error.Message, StringComparison.Ordinal);
        Assert.Equal(LogCondition.Failed, log.Health.Condition);
        Assert.Throws<LogFailedException>(() => log.Append("more"u8, 14, 1));
        await Assert.ThrowsAsync<LogFailedException>(() => log.WaitForRoomAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Closing_on_a_full_disk_tells_who_waits_and_keeps_what_was_durable()
    {
        using var folder = new LogFolderOnDisk();
        ValueTask waiting;
        using (var log = Open(folder))
        {
            LogFolderOnDisk.Append(log, 5);
            await DurableAsync(log);
            _disk.Room = 100;
            LogFolderOnDisk.Append(log, 5);
            waiting = log.WaitDurableAsync(9, TestContext.Current.CancellationToken);
            await _time.TimerStartedAsync();
        }

        await Assert.ThrowsAsync<LogFailedException>(async () => await waiting);
        using var again = folder.Open();
        Assert.Equal(LogFault.TornTail, Assert.Single(again.Findings).Fault);
        Assert.Equal(LogFolderOnDisk.Positions(0, 5), LogFolderOnDisk.Read(again));
    }

    [Fact]
    public async Task An_index_that_has_no_space_is_written_with_the_next_one()
    {
        using var folder = new LogFolderOnDisk();
        using (var log = Open(folder))
        {
            LogFolderOnDisk.Append(log, 30);
            await DurableAsync(log);
        }

        File.Delete(Directory.GetFiles(folder.Path, "*.index")[0]);
        _disk.Room = 0;
        using (var log = Open(folder))
        {
            Assert.All(LogFolderOnDisk.Positions(0, 30), position => Assert.Equal([new KeyPlace(position, 0)], log.Find(LogFolderOnDisk.KeyOf(position))));
            await log.Indexing;
            Assert.Single(Directory.GetFiles(folder.Path, "*.index"), file => file.EndsWith(".index", StringComparison.Ordinal));
            _disk.Room = long.MaxValue;
            LogFolderOnDisk.Append(log, 30);
            await DurableAsync(log);
        }

        Assert.Equal(folder.Segments.Length - 1, Directory.GetFiles(folder.Path, "*.index").Length);
    }

    private static async Task DurableAsync(PartitionLog log)
    {
        if (log.Next > 0)
        {
            await log.WaitDurableAsync(log.Next - 1, TestContext.Current.CancellationToken);
        }
    }

    private PartitionLog Open(LogFolderOnDisk folder) => PartitionLog.Open(folder.Path, 0, LogFolderOnDisk.SmallSegments, _time, null, _disk.Open);
}
