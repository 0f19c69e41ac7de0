using System.Buffers;
using System.Buffers.Binary;
using Guard.Core.Checksums;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Tests.Watching.Slices;
using Guard.Core.Tests.Watching.Streams;
using Guard.Core.Watching.Slices;
using Guard.Core.Watching.Streams;

namespace Guard.Core.Tests.Watching;

/// <summary>Saved state whose checksums are right and whose content is not.</summary>
public sealed class UnsoundStateTests
{
    [Fact]
    public void Tallies_come_back_sound_or_not_at_all()
    {
        var tallies = new SliceTallies(new SliceTalliesOptions { PurchaseSlots = 4096 });
        SlicePlay.Add(tallies, SlicePlay.Drawn(1, 300, 60_000, SlicePlay.Hour));
        Assert.True(Refused(tallies.Save, saved => SliceTallies.Restore(saved).Course(Slice.All, SlicePlay.Thresholds)) > 100);
    }

    [Fact]
    public void Metrics_come_back_sound_or_not_at_all()
    {
        var tallies = new SliceTallies();
        var metrics = new SliceMetrics();
        SlicePlay.Add(tallies, SlicePlay.Drawn(1, 300, 60_000, SlicePlay.Hour));
        metrics.Advance(tallies, tallies.Newest, []);
        Assert.True(Refused(metrics.Save, saved => SliceMetrics.Restore(saved)) > 3);
    }

    [Fact]
    public void Streams_come_back_sound_or_not_at_all()
    {
        var registry = new StreamRegistry();
        foreach (var point in Spikes.Of(2, 420))
        {
            registry.Take(point);
        }

        Assert.True(Refused(registry.Save, saved => StreamRegistry.Restore(saved)) > 100);
    }

    /// <summary>Changes the content at many places, mends the checksum of the block, and returns how often that was refused.</summary>
    private static int Refused(Action<IBufferWriter<byte>> save, Action<byte[]> restore)
    {
        var saved = SlicePlay.Saved(save);
        var random = new Random(7);
        var refused = 0;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var broken = saved.ToArray();
            var at = attempt < 300 ? BlockWriter.HeaderLength + attempt : random.Next(BlockWriter.HeaderLength, broken.Length - 8);
            BinaryPrimitives.WriteInt32LittleEndian(broken.AsSpan(Math.Min(at, broken.Length - 8)), attempt % 3 == 0 ? -2 : random.Next());
            MendChecksums(saved, broken);
            var error = Record.Exception(() => restore(broken));
            Assert.True(error is null or StateFormatException, $"at {at}: {error}");
            refused += error is null ? 0 : 1;
        }

        return refused;
    }

    private static void MendChecksums(byte[] saved, byte[] broken)
    {
        for (var start = 0; start < saved.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(saved.AsSpan(start + 8));
            var body = broken.AsSpan(start, length - BlockWriter.TrailerLength);
            BinaryPrimitives.WriteUInt32LittleEndian(broken.AsSpan(start + body.Length), Crc32C.Finish(Crc32C.Append(Crc32C.Start, body)));
            start += length;
        }
    }
}
