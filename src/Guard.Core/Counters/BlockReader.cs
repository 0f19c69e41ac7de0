using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Checksums;

namespace Guard.Core.Counters;

/// <summary>Reads one block of state, after it has checked that the block is whole.</summary>
internal ref struct BlockReader
{
    private readonly string _name;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Opens a block.</summary>
    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public BlockReader(ReadOnlySpan<byte> block, uint kind, int version, string name)
    {
        _name = name;
        if (block.Length < BlockWriter.HeaderLength + BlockWriter.TrailerLength || BinaryPrimitives.ReadUInt32LittleEndian(block) != kind)
        {
            throw new StateFormatException($"The {block.Length} bytes do not begin with a saved {name}: load the file that was saved as one.");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(block[4..]) is var found && found != version)
        {
            throw new StateFormatException($"The saved {name} has format version {found}, and this build reads version {version}: replay the clicks, or load it with the build that wrote it.");
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(block[8..]) is var length && length != block.Length)
        {
            throw new StateFormatException($"The saved {name} has {block.Length} bytes where it should have {length}: it was cut short or run together; take an earlier snapshot.");
        }

        var body = block[..^BlockWriter.TrailerLength];
        if (Crc32C.Finish(Crc32C.Append(Crc32C.Start, body)) != BinaryPrimitives.ReadUInt32LittleEndian(block[body.Length..]))
        {
            throw new StateFormatException($"The saved {name} does not match its checksum: it is damaged; take an earlier snapshot.");
        }

        _rest = body[BlockWriter.HeaderLength..];
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(sizeof(long)));

    /// <summary>Reads an integer that must lie in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public int ReadInt32(int least, int most) =>
        ReadInt32() is var value && value >= least && value <= most ? value : throw Unsound();

    public ReadOnlySpan<byte> ReadBytes(long length)
    {
        if (length > _rest.Length)
        {
            throw Unsound();
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    /// <summary>Reads one field of all records.</summary>
    public void ReadColumn<TRecord>(RecordChunks<TRecord> records, int offset, int length)
        where TRecord : unmanaged
    {
        for (var chunk = 0; chunk < records.Chunks; chunk++)
        {
            var rows = records.Chunk(chunk);
            var column = ReadBytes(rows.Length * length);
            Columns.Scatter(column, MemoryMarshal.AsBytes(rows), Unsafe.SizeOf<TRecord>(), offset, length);
        }
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void Finish()
    {
        if (!_rest.IsEmpty)
        {
            throw Unsound();
        }
    }

    /// <summary>The error of a block that is whole and yet holds what no shard saves.</summary>
    public readonly StateFormatException Unsound() =>
        new($"The saved {_name} is whole, but its content contradicts itself: it was not written by this program; take another snapshot.");
}
