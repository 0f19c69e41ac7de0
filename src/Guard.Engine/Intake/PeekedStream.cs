namespace Guard.Engine.Intake;

/// <summary>A stream whose first bytes were looked at, and are read again from memory.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _head;
    private readonly int _length;
    private readonly InvalidDataException? _failure;
    private int _at;

    private PeekedStream(Stream rest, byte[] head, int length, InvalidDataException? failure) => (_rest, _head, _length, _failure) = (rest, head, length, failure);

    public ReadOnlySpan<byte> Head => _head.AsSpan(_at, _length - _at);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static async ValueTask<PeekedStream> CreateAsync(Stream stream, int bytes, CancellationToken cancellationToken)
    {
        var head = new byte[bytes];
        var length = 0;
        try
        {
            while (length < bytes && await stream.ReadAsync(head.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (InvalidDataException e)
        {
            // What came before the damage is still good; the failure shows where reading gets there.
            return new PeekedStream(stream, head, length, e);
        }

        return new PeekedStream(stream, head, length, null);
    }

    public void Skip(int bytes) => _at += bytes;

    public override int Read(Span<byte> buffer)
    {
        var head = TakeHead(buffer);
        return head > 0 || buffer.IsEmpty ? head : _failure is null ? _rest.Read(buffer) : throw _failure;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var head = TakeHead(buffer.Span);
        return head > 0 || buffer.IsEmpty ? head : _failure is null ? await _rest.ReadAsync(buffer, cancellationToken) : throw _failure;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeHead(Span<byte> buffer)
    {
        var head = Head;
        head = head[..Math.Min(head.Length, buffer.Length)];
        head.CopyTo(buffer);
        _at += head.Length;
        return head.Length;
    }
}
