using System.Buffers.Binary;
using Guard.Core.Checksums;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class SavedBlockTests
{
    private static readonly ShardRun s_run = Run();

    [Fact]
    public void The_checksum_is_CRC_32C() =>
        Assert.Equal(0xE3069283, Crc32C.Finish(Crc32C.Append(Crc32C.Start, "123456789"u8))); // the catalogue's check value of CRC-32/ISCSI

    [Fact]
    public void A_checksum_does_not_depend_on_the_pieces()
    {
        var bytes = ShardRun.Block(s_run.Users[0].Save);
        var whole = Crc32C.Append(Crc32C.Start, bytes);
        Assert.All(Enumerable.Range(0, 30), cut => Assert.Equal(whole, Crc32C.Append(Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut))));
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        Assert.All(Flipped(ShardRun.Block(s_run.Users[0].Save)), static block => Assert.Throws<StateFormatException>(() => UserShard.Load(block)));
        Assert.All(Flipped(ShardRun.Block(s_run.Entities[0].Save)), static block => Assert.Throws<StateFormatException>(() => EntityShard.Load(block)));
        Assert.All(Flipped(ShardRun.Block(s_run.UserAgents[0].Save)), static block => Assert.Throws<StateFormatException>(() => UserAgentShard.Load(block)));
    }

    [Fact]
    public void Every_truncated_block_is_found()
    {
        var block = ShardRun.Block(s_run.Entities[0].Save);
        Assert.All(Enumerable.Range(0, Math.Min(block.Length, 600)).Append(block.Length - 1), length =>
            Assert.Throws<StateFormatException>(() => EntityShard.Load(block.AsSpan(0, length))));
        Assert.Contains("cut short", Assert.Throws<StateFormatException>(() => EntityShard.Load(block.AsSpan(0, 100))).Message);
    }

    [Fact]
    public void Another_version_and_another_kind_are_named()
    {
        var block = ShardRun.Block(s_run.Users[0].Save);
        Assert.Contains("entity shard", Assert.Throws<StateFormatException>(() => EntityShard.Load(block)).Message);
        Assert.Contains("user agent shard", Assert.Throws<StateFormatException>(() => UserAgentShard.Load(block)).Message);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), 2);
        Assert.Contains("version 2", Assert.Throws<StateFormatException>(() => UserShard.Load(block)).Message);
    }

    [Fact]
    public void A_block_with_a_right_checksum_and_wrong_content_is_refused()
    {
        var block = ShardRun.Block(s_run.Entities[0].Save);
        for (var at = BlockWriter.HeaderLength; at < block.Length - 8; at += 4)
        {
            var broken = block.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(broken.AsSpan(at), -2);
            BinaryPrimitives.WriteUInt32LittleEndian(broken.AsSpan(broken.Length - 4), Crc32C.Finish(Crc32C.Append(Crc32C.Start, broken.AsSpan(0, broken.Length - 4))));

            // What the content allows is loaded; nothing else than this error may come out.
            var error = Record.Exception(() => EntityShard.Load(broken));
            Assert.True(error is null or StateFormatException, $"at {at}: {error}");
            Assert.True(error is not null || at >= BlockWriter.HeaderLength + 8, $"at {at}");
        }
    }

    [Fact]
    public void An_empty_shard_saves_and_loads()
    {
        var block = ShardRun.Block(new EntityShard(7).Save);
        var shard = EntityShard.Load(block);
        Assert.Equal(7, shard.Capacity);
        Assert.Equal(0, shard.Count);
        Assert.Equal(block, ShardRun.Block(shard.Save));
    }

    [Fact]
    public void The_columns_cover_the_records()
    {
        Assert.Equal(128, System.Runtime.CompilerServices.Unsafe.SizeOf<UserRecord>());
        Assert.Equal(128, UserRecord.Columns.ToArray().Sum());
        Assert.Equal(112, System.Runtime.CompilerServices.Unsafe.SizeOf<EntityRecord>());
        Assert.Equal(112 - 3 * 8, EntityRecord.Columns.ToArray().Sum());
        Assert.Equal(24, System.Runtime.CompilerServices.Unsafe.SizeOf<UserAgentRecord>());
        Assert.Equal(24, UserAgentRecord.Columns.ToArray().Sum());
    }

    private static ShardRun Run()
    {
        var run = new ShardRun();
        run.Apply(new ClickStreams { Length = 250, Users = 300, Entities = 1 }.Generate(1));
        run.Apply(new ClickStreams { Length = 20, Users = 9, Entities = 8 }.Generate(2));
        return run;
    }

    private static IEnumerable<byte[]> Flipped(byte[] block)
    {
        for (var at = 0; at < block.Length; at += at < 300 ? 1 : 13)
        {
            var flipped = block.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            yield return flipped;
        }
    }
}
