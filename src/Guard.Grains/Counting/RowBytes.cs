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
        var bytes = New<T>(rows.Length, out var copy);
        rows.CopyTo(copy);
        return bytes;
    }

    /// <summary>Makes room for rows, which the caller writes in place.</summary>
    public static byte[] New<T>(int count, out Span<T> rows)
        where T : unmanaged
    {
        // Cleared, so that what lies between a row's fields says nothing of what was in that memory before.
        var bytes = new byte[HeadLength + (count * Unsafe.SizeOf<T>())];
        MemoryMarshal.Write(bytes, Format);
        MemoryMarshal.Write(bytes.AsSpan(4), Unsafe.SizeOf<T>());
        rows = MemoryMarshal.Cast<byte, T>(bytes.AsSpan(HeadLength));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes hold other rows.</exception>
    public static ReadOnlySpan<T> Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        if (!Holds<T>(bytes))
        {
            throw new InvalidDataException($"The {bytes.Length} bytes hold no rows of {typeof(T).Name} as this build lays them out: bring all silos to one version.");
        }

        return MemoryMarshal.Cast<byte, T>(bytes[HeadLength..]);
    }

    /// <summary>Gets whether bytes hold rows of a type as this build lays them out.</summary>
    public static bool Holds<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged =>
        bytes.Length >= HeadLength && MemoryMarshal.Read<int>(bytes) == Format && MemoryMarshal.Read<int>(bytes[4..]) == Unsafe.SizeOf<T>()
            && (bytes.Length - HeadLength) % Unsafe.SizeOf<T>() == 0;
}
