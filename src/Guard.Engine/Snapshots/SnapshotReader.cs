using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using Guard.Core.Checksums;
using Guard.Engine.State;
using Microsoft.Win32.SafeHandles;

namespace Guard.Engine.Snapshots;

/// <summary>Reads a snapshot into a state: first what stands before each part, then the parts side by side.</summary>
internal static class SnapshotReader
{
    /// <summary>Replaces every part of a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state; of no use where this fails.</param>
    /// <exception cref="InvalidDataException">The file is damaged, cut short or of another format.</exception>
    /// <exception cref="Core.Counters.StateFormatException">The same, of a shard or a watching part.</exception>
    /// <exception cref="Intake.InputException">The options give another number of shards.</exception>
    public static void Read(string path, EngineState state)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var parts = ReadHeaders(file, path, state.Parts);
        try
        {
            Parallel.ForEach(parts, part => Load(file, part.Header, part.Offset, state));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private static (SnapshotPart Header, long Offset)[] ReadHeaders(SafeFileHandle file, string path, int wanted)
    {
        Span<byte> header = stackalloc byte[SnapshotFormat.PartHeaderBytes];
        Fill(file, header[..SnapshotFormat.FileHeaderBytes], 0);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != SnapshotFormat.Magic || BinaryPrimitives.ReadInt32LittleEndian(header[8..]) != SnapshotFormat.Version)
        {
            throw new InvalidDataException("it is no snapshot of the format that this build reads");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(header[12..]) is var count && count != wanted)
        {
            throw new Intake.InputException(path, null, $"the snapshot has {count} parts and the options make {wanted}", "start with the number of shards that it was written with");
        }

        var parts = new (SnapshotPart Header, long Offset)[count];
        var (offset, position) = ((long)SnapshotFormat.FileHeaderBytes, 0L);
        for (var number = 0; ; number++)
        {
            Fill(file, header, offset);
            offset += SnapshotFormat.PartHeaderBytes;
            if (!SnapshotFormat.TryReadPartHeader(header, out var part))
            {
                throw new InvalidDataException("a header does not match its checksum");
            }

            // A file that was copied while it became the next snapshot may begin with the one and end with the other, each part whole.
            var isEnd = part.Part == SnapshotFormat.EndPart;
            if (part.Position < position || (isEnd && part.Position > position))
            {
                throw new InvalidDataException("its parts are of two snapshots");
            }

            position = part.Position;
            if (isEnd)
            {
                return number == count ? parts : throw new InvalidDataException($"it holds {number} of {count} parts");
            }

            if (part.Part != number || number == count || part.Length < 0 || part.Length > Math.Min(RandomAccess.GetLength(file) - offset, Array.MaxLength))
            {
                throw new InvalidDataException("its parts are not in order");
            }

            parts[number] = (part, offset);
            offset += part.Length;
        }
    }

    private static void Load(SafeFileHandle file, in SnapshotPart part, long offset, EngineState state)
    {
        var rented = ArrayPool<byte>.Shared.Rent((int)part.Length);
        try
        {
            var bytes = rented.AsSpan(0, (int)part.Length);
            Fill(file, bytes, offset);
            if (Crc32C.Of(bytes) != part.Checksum)
            {
                throw new InvalidDataException($"part {part.Part} does not match its checksum");
            }

            state.Load(part.Part, part.Position, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Fill(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new InvalidDataException("it is cut short");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
