using System.Buffers;

namespace Guard.Server.Requests;

/// <summary>A request's body in a buffer of the pool; disposing it gives the buffer back.</summary>
internal sealed class PooledBody(BodyBudget budget) : IDisposable
{
    private const int Large = 1 << 20;
    private const int LargestKept = 32 << 20;
    private const int KeptOfEachSize = 2;

    /// <summary>Keeps few large buffers. The shared pool keeps one of each size for every thread that ever gave one back, so that a few packed bodies grow to hundreds of megabytes.</summary>
    private static readonly ArrayPool<byte> s_large = ArrayPool<byte>.Create(LargestKept, KeptOfEachSize);

    private byte[] _buffer = [];
    private int _length;

    /// <summary>Gets the body.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Gets room for at least one more byte.</summary>
    /// <param name="atLeast">How long the whole body is expected to be.</param>
    public Memory<byte> Room(int atLeast)
    {
        if (_length == _buffer.Length)
        {
            Grow(Math.Max(atLeast, _buffer.Length * 2));
        }

        return _buffer.AsMemory(_length);
    }

    public void Advance(int bytes) => _length += bytes;

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            budget.Return(_buffer.Length);
            PoolOf(_buffer.Length).Return(_buffer);
            (_buffer, _length) = ([], 0);
        }
    }

    private static ArrayPool<byte> PoolOf(int size) => size > Large ? s_large : ArrayPool<byte>.Shared;

    private void Grow(int size)
    {
        var larger = PoolOf(size).Rent(size);
        try
        {
            budget.Take(larger.Length);
        }
        catch (RequestFault)
        {
            PoolOf(larger.Length).Return(larger);
            throw;
        }

        var length = _length;
        _buffer.AsSpan(0, length).CopyTo(larger);
        Dispose();
        (_buffer, _length) = (larger, length);
    }
}
