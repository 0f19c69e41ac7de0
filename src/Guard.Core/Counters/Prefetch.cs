using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Guard.Core.Counters;

/// <summary>Asks the processor for memory ahead of its use; where it knows no such request, nothing happens.</summary>
internal static class Prefetch
{
    /// <summary>The number of clicks whose keys are looked up ahead together, so that their cache misses overlap.</summary>
    public const int Group = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T place)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // An address that the collector moves away from in between is harmless: a prefetch never faults.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }

    /// <summary>Asks for the cache lines of a record of 65 to 192 bytes, or of a shorter one and its neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Record<T>(ref readonly T place)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + 64);
            Sse.Prefetch0(address + sizeof(T) - 1);
        }
    }
}
