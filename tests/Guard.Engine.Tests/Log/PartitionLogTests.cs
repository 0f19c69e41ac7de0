using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class PartitionLogTests
{
    [Fact]
    public async Task Blocks_are_read_as_they_were_appended_also_by_who_opens_the_log_again()
    {
        using var folder = new TemporaryFolder();
        using (var log = PartitionLog.Open(folder.Path))
        {
            Assert.Equal(0, log.Append("one"u8, 1, 2, [11, 12]));
            Assert.Equal(1, log.Append("policy"u8, 3, 0));
            await log.WaitDurableAsync(log.Append("two"u8, 3, 1, [13]), TestContext.Current.CancellationToken);
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
}
