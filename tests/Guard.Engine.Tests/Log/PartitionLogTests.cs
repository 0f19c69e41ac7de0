using FsCheck;
using FsCheck.Fluent;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class PartitionLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocks_are_read_as_they_were_appended_also_by_who_opens_the_log_again()
    {
        using var folder = new TemporaryFolder();
        using (var log = PartitionLog.Open(folder.Path))
        {
            Assert.Equal(0, log.Append("one"u8, 1, 2, [11, 12]));
            Assert.Equal(1, log.Append("policy"u8, 3, 0));
            await log.WaitDurableAsync(log.Append("two"u8, 3, 1, [13]), Cancellation);
            Assert.Equal(3, log.Durable);
        }

        using var again = PartitionLog.Open(folder.Path);
        using var cursor = again.Read(0);

        Assert.Empty(again.Findings);
        Assert.Equal((3, 4), (again.Next, again.NextNumber));
        Assert.True(cursor.TryRead(out var block));
        Assert.Equal("one"u8, block.Payload.Span);
        Assert.Equal((0, 1, 2, 12ul), (block.Position, block.First, block.Count, block.Key(1)));
        Assert.True(cursor.TryRead(out block));
        Assert.Equal("policy"u8, block.Payload.Span);
        Assert.True(cursor.TryRead(out block));
        Assert.Equal("two"u8, block.Payload.Span);
        Assert.False(cursor.TryRead(out _));
        Assert.Equal([new KeyPlace(0, 1)], again.Find(12));
        Assert.Equal(2, again.PositionOf(3));
        Assert.Null(again.PositionOf(4));
    }

    [Fact]
    public void Any_blocks_are_found_by_position_number_and_key_before_and_after_opening_again() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        using var folder = new LogFolderOnDisk();
        var random = new Random(seed);
        var options = LogFolderOnDisk.SmallSegments with { SegmentBytes = random.Next(4096, 40000), KeepBytes = 1 << 20 };
        var blocks = new List<(long First, ulong[] Keys, byte[] Payload)>();
        long number = 1;
        for (var block = 0; block < 40; block++)
        {
            number += random.Next(10) == 0 ? random.Next(1, 5) : 0;
            var keys = new ulong[random.Next(4) == 0 ? 0 : random.Next(1, 300)];
            Array.ConvertAll(keys, _ => (ulong)random.NextInt64(2000)).CopyTo(keys, 0); // Few enough that keys come again.
            blocks.Add((number, keys, new byte[random.Next(3) * random.Next(3000)]));
            random.NextBytes(blocks[^1].Payload);
            number += keys.Length;
        }

        using (var log = PartitionLog.Open(folder.Path, 0, options))
        {
            foreach (var (first, keys, payload) in blocks)
            {
                log.Append(payload, first, keys.Length, keys);
            }

            log.WaitDurableAsync(blocks.Count - 1, Cancellation).AsTask().Wait(Cancellation);
            Check(log, blocks);
        }

        using var again = PartitionLog.Open(folder.Path, random.Next(2) * blocks.Count, options);
        Assert.Empty(again.Findings);
        Check(again, blocks);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public async Task A_reader_sees_every_block_once_while_the_log_is_written()
    {
        using var folder = new LogFolderOnDisk();
        using var log = folder.Open();
        var reading = Task.Run(
            async () =>
            {
                using var cursor = log.Read(0);
                for (long expected = 0; expected < 400;)
                {
                    await log.WaitDurableAsync(expected, Cancellation);
                    while (cursor.TryRead(out var block))
                    {
                        Assert.Equal(expected++, block.Position);
                        Assert.Equal(LogFolderOnDisk.PayloadOf(block.Position), block.Payload.ToArray());
                    }
                }
            },
            Cancellation);

        for (var burst = 0; burst < 40; burst++)
        {
            LogFolderOnDisk.Append(log, 10);
            await log.WaitDurableAsync(log.Next - 3, Cancellation);
        }

        await reading;
        Assert.Empty(log.Findings);
    }

    [Fact]
    public async Task Blocks_that_wait_together_are_flushed_together()
    {
        using var folder = new LogFolderOnDisk();
        var disk = new CountingDisk();
        using var log = PartitionLog.Open(folder.Path, 0, null, null, null, disk.Open);
        LogFolderOnDisk.Append(log, 1);
        await disk.FlushReachedAsync();

        LogFolderOnDisk.Append(log, 500);
        disk.Go();
        await log.WaitDurableAsync(500, Cancellation);

        Assert.Equal(3, disk.Flushes); // The new segment's header, the first block, and all that came while it was flushed.
    }

    [Fact]
    public async Task Who_appends_waits_for_room_when_more_waits_for_the_disk_than_it_may()
    {
        using var folder = new LogFolderOnDisk();
        var disk = new CountingDisk();
        using var log = PartitionLog.Open(folder.Path, 0, new PartitionLogOptions { PendingBytes = 4096 }, null, null, disk.Open);
        LogFolderOnDisk.Append(log, 1);
        Assert.True(log.WaitForRoomAsync(Cancellation).IsCompletedSuccessfully);
        await disk.FlushReachedAsync();
        LogFolderOnDisk.Append(log, 40);

        var room = log.WaitForRoomAsync(Cancellation);

        Assert.False(room.IsCompleted);
        Assert.True(log.PendingBytes > 4096);
        disk.Go();
        await room;
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        using var folder = new LogFolderOnDisk();
        using var log = folder.Open();
        log.Append("a"u8, 5, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.Append("b"u8, 6, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Append("b"u8, 7, -1));
        Assert.Throws<ArgumentException>(() => log.Append("b"u8, 7, 2, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Append(new byte[PartitionLog.GreatestPayload + 1], 7, 1));
        Assert.Equal(1, log.Next);
    }

    [Fact]
    public void Options_outside_their_range_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => PartitionLog.Open(folder.Path, 0, new PartitionLogOptions { SegmentBytes = 100 }));

        Assert.StartsWith("SegmentBytes is 100; give a value from 4096 to 1073741824.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder[FolderLock.FileName]));
    }

    [Fact]
    public async Task Appending_allocates_next_to_nothing()
    {
        using var folder = new TemporaryFolder();
        using var log = PartitionLog.Open(folder.Path);
        var (payload, keys) = (new byte[300], new ulong[] { 1 });
        var allocated = new List<long>();
        for (var round = 0; round < 8; round++)
        {
            allocated.Add(AllocatedBy(() => log.Append(payload, log.NextNumber, 1, keys), 1000));
            await log.WaitDurableAsync(log.Next - 1, Cancellation);
        }

        Assert.Equal(0, allocated.Min()); // The first rounds make the two buffers.
    }

    private static long AllocatedBy(Action action, int times)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < times; time++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Check(PartitionLog log, List<(long First, ulong[] Keys, byte[] Payload)> blocks)
    {
        for (var position = 0; position < blocks.Count; position++)
        {
            using var cursor = log.Read(position);
            Assert.True(cursor.TryRead(out var read));
            Assert.Equal((position, blocks[position].First, blocks[position].Keys.Length), (read.Position, read.First, read.Count));
            Assert.Equal(blocks[position].Payload, read.Payload.ToArray());
        }

        for (long number = 0; number < blocks[^1].First + 400; number++)
        {
            var position = blocks.FindIndex(block => block.First <= number && number < block.First + block.Keys.Length);
            Assert.Equal(position < 0 ? null : position, log.PositionOf(number));
        }

        var places = blocks.SelectMany((block, position) => block.Keys.Select((key, row) => (Key: key, Place: new KeyPlace(position, row)))).ToLookup(pair => pair.Key, pair => pair.Place);
        for (ulong key = 0; key < 2000; key += 7)
        {
            Assert.Equal(places[key].OrderByDescending(place => (place.Position, place.Row)), log.Find(key));
        }
    }
}
