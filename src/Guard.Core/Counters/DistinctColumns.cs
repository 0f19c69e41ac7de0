using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guard.Core.Counters;

/// <summary>
/// The distinct values of all records as columns of a saved block. For each kind: its size class and count a record
/// (class 255 is a sketch), then the fingerprints and tiles of the lists in order, then the sketches.
/// </summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <param name="kinds">Where a record keeps the values of each kind, in the block's order.</param>
internal sealed class DistinctColumns<TRecord>(params DistinctColumns<TRecord>.Kind[] kinds)
    where TRecord : unmanaged
{
    private const byte SketchClass = 255;
    private const int ShapeLength = 2;
    private const int SketchLength = sizeof(int) + WindowSketch.Stamps * sizeof(ushort);

    // How many records before its turn a list is asked of the memory.
    private const int Ahead = 8;

    // A record is read many times here, and a call for each would take most of the time.
    private readonly nint[] _offsets = [.. kinds.Select(OffsetOf)];

    internal delegate ref DistinctField Kind(ref TRecord record);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Length(RecordChunks<TRecord> records)
    {
        long length = 0;
        for (var kind = 0; kind < _offsets.Length; kind++)
        {
            var (values, sketches) = Count(records, kind);
            length += ((long)records.Count * ShapeLength) + (values * 2 * sizeof(int)) + (sketches * SketchLength);
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(BlockWriter writer, RecordChunks<TRecord> records, DistinctStore store)
    {
        for (var kind = 0; kind < _offsets.Length; kind++)
        {
            var (values, sketches) = Count(records, kind);
            var columns = writer.Reserve(((long)records.Count * ShapeLength) + (values * 2 * sizeof(int)));
            WriteShapesAndLists(columns, (int)values, records, store, kind);
            writer.Commit(columns);
            for (var slot = 0; sketches > 0; slot++)
            {
                ref readonly var field = ref Field(ref records[slot], kind);
                if (field.IsSketch)
                {
                    writer.Write(store.Sketch(field).Base);
                    writer.Write(MemoryMarshal.AsBytes(store.Sketch(field).State));
                    sketches--;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ref BlockReader reader, RecordChunks<TRecord> records, DistinctStore store)
    {
        for (var kind = 0; kind < _offsets.Length; kind++)
        {
            var shapes = reader.ReadBytes((long)ShapeLength * records.Count);
            var values = 0L;
            for (var slot = 0; slot < records.Count; slot++)
            {
                values += IsSound(shapes[2 * slot], shapes[2 * slot + 1]) ? shapes[2 * slot + 1] : throw reader.Unsound();
            }

            var fingerprints = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(values * sizeof(int)));
            var tiles = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(values * sizeof(int)));
            for (var slot = 0; slot < records.Count; slot++)
            {
                var (sizeClass, count) = (shapes[2 * slot], shapes[2 * slot + 1]);
                Field(ref records[slot], kind) = sizeClass == SketchClass
                    ? ReadSketch(ref reader, store)
                    : Fill(store, sizeClass, fingerprints[..count], tiles[..count]);
                fingerprints = fingerprints[count..];
                tiles = tiles[count..];
            }
        }
    }

    private static bool IsSound(byte sizeClass, byte count) => sizeClass switch
    {
        0 => count <= 1,
        SketchClass => count == 0,
        _ => sizeClass <= DistinctStore.LargestClass && count <= 1 << sizeClass,
    };

    private static int Values(in DistinctField field) => field.IsSlab ? field.Count : field.IsSingle ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteShapesAndLists(Span<byte> columns, int values, RecordChunks<TRecord> records, DistinctStore store, int kind)
    {
        var shapes = columns[..(records.Count * ShapeLength)];
        var fingerprints = MemoryMarshal.Cast<byte, int>(columns.Slice(shapes.Length, values * sizeof(int)));
        var tiles = MemoryMarshal.Cast<byte, int>(columns[(shapes.Length + (values * sizeof(int)))..]);
        var next = 0;
        for (var slot = 0; slot < records.Count; slot++)
        {
            if (slot + Ahead < records.Count)
            {
                store.Prefetch(Field(ref records[slot + Ahead], kind));
            }

            ref readonly var field = ref Field(ref records[slot], kind);
            var count = Values(field);
            shapes[ShapeLength * slot] = field.IsSketch ? SketchClass : field.IsSlab ? (byte)field.SizeClass : (byte)0;
            shapes[(ShapeLength * slot) + 1] = (byte)count;
            if (field.IsSingle)
            {
                (fingerprints[next], tiles[next]) = ((int)field.Value, field.Tile);
            }
            else if (field.IsSlab)
            {
                var words = store.Slabs(field).Words((int)field.Value);
                words[..count].CopyTo(fingerprints[next..]);
                words.Slice(words.Length / 2, count).CopyTo(tiles[next..]);
            }

            next += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Values, long Sketches) Count(RecordChunks<TRecord> records, int kind)
    {
        var (values, sketches) = (0L, 0L);
        for (var chunk = 0; chunk < records.Chunks; chunk++)
        {
            foreach (ref var record in records.Chunk(chunk))
            {
                ref readonly var field = ref Field(ref record, kind);
                values += Values(field);
                sketches += field.IsSketch ? 1 : 0;
            }
        }

        return (values, sketches);
    }

    private ref DistinctField Field(ref TRecord record, int kind) =>
        ref Unsafe.As<byte, DistinctField>(ref Unsafe.AddByteOffset(ref Unsafe.As<TRecord, byte>(ref record), _offsets[kind]));

    private static nint OffsetOf(Kind kind)
    {
        var record = default(TRecord);
        return Unsafe.ByteOffset(ref Unsafe.As<TRecord, byte>(ref record), ref Unsafe.As<DistinctField, byte>(ref kind(ref record)));
    }

    private static DistinctField ReadSketch(ref BlockReader reader, DistinctStore store)
    {
        var field = store.RentSketch(0);
        store.Sketch(field).Restore(reader.ReadInt32(), reader.ReadBytes(SketchLength - sizeof(int)));
        return field;
    }

    private static DistinctField Fill(DistinctStore store, byte sizeClass, ReadOnlySpan<int> fingerprints, ReadOnlySpan<int> tiles)
    {
        if (sizeClass == 0)
        {
            return fingerprints.IsEmpty ? default : DistinctField.Single((uint)fingerprints[0], tiles[0]);
        }

        var field = store.RentSlab(sizeClass, fingerprints.Length);
        var slabs = store.Slabs(field);
        fingerprints.CopyTo(slabs.Fingerprints((int)field.Value));
        tiles.CopyTo(slabs.LastTiles((int)field.Value));
        return field;
    }
}
