using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guard.Grains.Counting;

/// <summary>Rows of plain structures as one piece of bytes, which a call carries without looking into it.</summary>
/// <remarks>The head tells the size of a row, so that silos whose builds lay rows out otherwise refuse each other's instead of misreading them. Little-endian machines only, which all that .NET's silos run on are.</remarks>
internal static class RowBytes
{
    private const int HeadLength = 8;
    private const int Format = 0x31524447; // "GDR1"

    public static byte[] Of<T>(ReadOnlySpan<T> rows)
        where T : unmanaged
    {
        var body = MemoryMarshal.AsBytes(rows);
        var bytes = GC.AllocateUninitializedArray<byte>(HeadLength + body.Length);
        MemoryMarshal.Write(bytes, Format);
        MemoryMarshal.Write(bytes.AsSpan(4), Unsafe.SizeOf<T>());
        body.CopyTo(bytes.AsSpan(HeadLength));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes hold other rows.</exception>
    public static ReadOnlySpan<T> Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        if (bytes.Length < HeadLength || MemoryMarshal.Read<int>(bytes) != Format || MemoryMarshal.Read<int>(bytes[4..]) != Unsafe.SizeOf<T>()
            || (bytes.Length - HeadLength) % Unsafe.SizeOf<T>() != 0)
        {
            throw new InvalidDataException($"The {bytes.Length} bytes hold no rows of {typeof(T).Name} as this build lays them out: bring all silos to one version.");
        }

        return MemoryMarshal.Cast<byte, T>(bytes[HeadLength..]);
    }
}
