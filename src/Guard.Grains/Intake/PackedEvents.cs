using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Guard.Core.Clicks;
using Guard.Grains.Counting;

namespace Guard.Grains.Intake;

/// <summary>
/// The events of a body as one piece of bytes: the length of the heads, the <see cref="PackedHead"/>s, then each event's
/// detail and bytes. It is filled with the events of one body, taken, and filled again. Not safe for concurrent use.
/// </summary>
internal sealed class PackedEvents
{
    /// <summary>What positions name.</summary>
    public const string Origin = "api";

    private readonly List<PackedHead> _heads = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Gets how many bytes of events wait to be taken.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Gets how many events wait to be taken.</summary>
    public int Count => _heads.Count;

    /// <summary>Appends an event.</summary>
    /// <param name="piece">The event.</param>
    /// <param name="index">Which of the body it is, from 0.</param>
    /// <param name="rejection">What is known to be wrong with it.</param>
    public void Add(in RawEvent piece, int index, in Rejection rejection)
    {
        var detail = rejection.IsRejected ? Encoding.UTF8.GetBytes(rejection.Detail, _bytes) : 0;
        _bytes.Write(piece.Bytes);
        _heads.Add(new PackedHead(piece.Position.Line, piece.Position.Offset, piece.Length, index, piece.Bytes.Length, (int)rejection.Reason, (int)detail));
    }

    /// <summary>Takes what was appended, and begins anew.</summary>
    public byte[] Take()
    {
        var heads = RowBytes.Of<PackedHead>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_heads));
        var packed = GC.AllocateUninitializedArray<byte>(sizeof(int) + heads.Length + _bytes.WrittenCount);
        BinaryPrimitives.WriteInt32LittleEndian(packed, heads.Length);
        heads.CopyTo(packed.AsSpan(sizeof(int)));
        _bytes.WrittenSpan.CopyTo(packed.AsSpan(sizeof(int) + heads.Length));
        _heads.Clear();
        _bytes.ResetWrittenCount();
        return packed;
    }

    /// <summary>Reads the heads.</summary>
    /// <exception cref="InvalidDataException">The bytes hold none as this build lays them out.</exception>
    public static ReadOnlySpan<PackedHead> Heads(ReadOnlySpan<byte> packed) => RowBytes.Read<PackedHead>(packed.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(packed)));

    /// <summary>Gets where the events' bytes begin.</summary>
    public static int Body(ReadOnlySpan<byte> packed) => sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(packed);
}
