using System.Buffers.Binary;
using Guard.Core.Checksums;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

/// <summary>A log of known blocks in a folder of a test's own, and ways to damage it. Block p holds click p + 1 with the key of p.</summary>
internal sealed class LogFolderOnDisk : IDisposable
{
    public static readonly PartitionLogOptions SmallSegments = new() { SegmentBytes = 4096, KeepBytes = 4096 };

    // Thousands of flushes; a disk in memory is a disk to all but the power plug.
    private const string MemoryDisk = "/dev/shm";

    public string Path { get; } = Directory.Exists(MemoryDisk)
        ? Directory.CreateDirectory($"{MemoryDisk}/guard-test-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("guard-test-").FullName;

    /// <summary>Gets the segments in order.</summary>
    public string[] Segments => [.. Directory.EnumerateFiles(Path, "*.segment").Order(StringComparer.Ordinal)];

    /// <summary>Gets what was set aside.</summary>
    public string[] Aside => [.. Directory.EnumerateFiles(Path, "*.aside").Order(StringComparer.Ordinal)];

    public static ulong KeyOf(long position) => (ulong)position * 0x9E3779B97F4A7C15;

    public static byte[] PayloadOf(long position)
    {
        var payload = new byte[20 + (int)(position * 37 % 500)];
        new Random((int)position).NextBytes(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload, position);
        return payload;
    }

    public PartitionLog Open(long covered = 0) => PartitionLog.Open(Path, covered, SmallSegments);

    public static void Append(PartitionLog log, int count)
    {
        for (var more = 0; more < count; more++)
        {
            var position = log.Next;
            Assert.Equal(position, log.Append(PayloadOf(position), position + 1, 1, [KeyOf(position)]));
        }
    }

    /// <summary>Makes a log of blocks, closed.</summary>
    public LogFolderOnDisk Filled(int blocks)
    {
        using var log = Open();
        Append(log, blocks);
        return this;
    }

    /// <summary>Reads all blocks, checks each, and gives their positions.</summary>
    public static List<long> Read(PartitionLog log, long from = 0)
    {
        var positions = new List<long>();
        using var cursor = log.Read(from);
        while (cursor.TryRead(out var block))
        {
            Assert.Equal(PayloadOf(block.Position), block.Payload.ToArray());
            Assert.Equal((block.Position + 1, 1, KeyOf(block.Position)), (block.First, block.Count, block.Key(0)));
            positions.Add(block.Position);
        }

        return positions;
    }

    public static List<long> Positions(long from, long to) => [.. Enumerable.Range(0, (int)(to - from)).Select(index => from + index)];

    /// <summary>Gives where the blocks of a segment begin, and its end.</summary>
    public static List<int> Offsets(string segment)
    {
        var bytes = File.ReadAllBytes(segment);
        var offsets = new List<int> { SegmentHeader.Size };
        while (offsets[^1] < bytes.Length)
        {
            Assert.True(BlockHeader.TryRead(bytes.AsSpan(offsets[^1]), segment, out var header, out _));
            offsets.Add(offsets[^1] + header.BlockLength);
        }

        return offsets;
    }

    public static long FirstOf(string segment) => long.Parse(System.IO.Path.GetFileNameWithoutExtension(segment));

    public static void Flip(string file, long offset)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 0x10));
    }

    public static void Cut(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(length);
    }

    /// <summary>Makes a header one of another version, with a checksum that holds.</summary>
    public static void ChangeVersion(string file, int version)
    {
        var bytes = File.ReadAllBytes(file);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(44), Crc32C.Of(bytes.AsSpan(0, 44)));
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
