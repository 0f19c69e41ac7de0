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
    private const int SketchLength = sizeof(int) + WindowSketch.Stamps * sizeof(ushort);

    internal delegate ref DistinctField Kind(ref TRecord record);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Length(RecordChunks<TRecord> records)
    {
        long length = 0;
        foreach (var kind in kinds)
        {
            for (var slot = 0; slot < records.Count; slot++)
            {
                ref var field = ref kind(ref records[slot]);
                length += 2 + (field.IsSketch ? SketchLength : Values(field) * 2 * sizeof(int));
            }
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(BlockWriter writer, RecordChunks<TRecord> records, DistinctStore store)
    {
        Span<byte> shape = stackalloc byte[2];
        foreach (var kind in kinds)
        {
            for (var slot = 0; slot < records.Count; slot++)
            {
                ref var field = ref kind(ref records[slot]);
                shape[0] = field.IsSketch ? SketchClass : field.IsSlab ? (byte)field.SizeClass : (byte)0;
                shape[1] = (byte)Values(field);
                writer.Write(shape);
            }

            WriteLists(writer, records, store, kind, tiles: false);
            WriteLists(writer, records, store, kind, tiles: true);
            for (var slot = 0; slot < records.Count; slot++)
            {
                ref var field = ref kind(ref records[slot]);
                if (field.IsSketch)
                {
                    writer.Write(store.Sketch(field).Base);
                    writer.Write(MemoryMarshal.AsBytes(store.Sketch(field).State));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ref BlockReader reader, RecordChunks<TRecord> records, DistinctStore store)
    {
        foreach (var kind in kinds)
        {
            var shapes = reader.ReadBytes(2L * records.Count);
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
                kind(ref records[slot]) = sizeClass == SketchClass
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
    private static void WriteLists(BlockWriter writer, RecordChunks<TRecord> records, DistinctStore store, Kind kind, bool tiles)
    {
        for (var slot = 0; slot < records.Count; slot++)
        {
            ref var field = ref kind(ref records[slot]);
            if (field.IsSingle)
            {
                writer.Write(tiles ? field.Tile : (int)field.Value);
            }
            else if (field.IsSlab)
            {
                var slabs = store.Slabs(field);
                var list = tiles ? slabs.LastTiles((int)field.Value) : slabs.Fingerprints((int)field.Value);
                writer.Write(MemoryMarshal.AsBytes(list[..field.Count]));
            }
        }
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
