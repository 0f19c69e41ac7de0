using System.Buffers;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Grains.Tests;

/// <summary>Decisions as text, one CloudEvent a line.</summary>
internal sealed class TextSink : IDecisionSink, IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly DecisionEventWriter _writer = new();

    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            _writer.Write(_buffer, batch, decided, row);
            _buffer.Write("\n"u8);
        }

        return ValueTask.CompletedTask;
    }

    public override string ToString() => Encoding.UTF8.GetString(_buffer.WrittenSpan);

    public void Dispose() => _writer.Dispose();
}
