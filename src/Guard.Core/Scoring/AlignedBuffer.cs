using System.Runtime.InteropServices;

namespace Guard.Core.Scoring;

/// <summary>Floats, at first zero, that start at a cache line and never move. Whoever uses <see cref="Pointer"/> keeps the buffer alive.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Line = 64;
    private readonly float[] _memory;

    public AlignedBuffer(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(length + Line / sizeof(float), pinned: true);
        Pointer = (float*)(((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) + (Line - 1)) & ~(nuint)(Line - 1));
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);
}
