using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Engine.Intake;

/// <summary>Decodes the bodies that producers send, one after another, and quarantines what is broken in them. Each thread that decodes has its own.</summary>
/// <param name="hash">Hashes identities.</param>
/// <param name="options">How events are taken in.</param>
/// <param name="quarantine">Where broken events go.</param>
internal sealed class BodyReader(KeyedHash hash, IntakeOptions options, IQuarantine quarantine)
{
    private const string Origin = "api";

    private readonly EventDecoder _decoder = new(hash, options.FutureSkew);
    private readonly BodySplitter _splitter = new(Origin);

    /// <summary>Reads one event, an array of them, or one a line.</summary>
    /// <param name="body">The body in UTF-8.</param>
    /// <param name="now">The host's clock, in Unix milliseconds.</param>
    /// <param name="delivery">Filled.</param>
    public void Read(ReadOnlySpan<byte> body, long now, Delivery delivery)
    {
        _splitter.Begin(body);
        for (var index = 0; _splitter.TryNext(ref body, out var piece); index++)
        {
            if (piece.Rejection.IsRejected)
            {
                Reject(delivery, piece.Rejection, index, piece.Position, piece.Bytes, piece.Length);
            }
            else
            {
                Take(piece.Bytes, index, piece.Position, now, delivery, clickOnly: false);
            }
        }
    }

    /// <summary>Reads a body that is one event.</summary>
    /// <param name="body">The body in UTF-8.</param>
    /// <param name="now">The host's clock, in Unix milliseconds.</param>
    /// <param name="delivery">Filled.</param>
    /// <param name="clickOnly">Whether any other kind than a click is rejected.</param>
    public void ReadOne(ReadOnlySpan<byte> body, long now, Delivery delivery, bool clickOnly)
    {
        var piece = _splitter.Whole(body);
        Take(piece.Bytes, 0, piece.Position, now, delivery, clickOnly);
    }

    private void Take(ReadOnlySpan<byte> json, int index, in EventPosition position, long now, Delivery delivery, bool clickOnly)
    {
        var rejection = _decoder.Decode(json, now, out var decoded);
        if (!rejection.IsRejected && clickOnly && decoded.Kind != EventKind.Click)
        {
            rejection = new Rejection(RejectReason.UnknownType, "type");
        }

        if (rejection.IsRejected)
        {
            Reject(delivery, rejection, index, position, json, json.Length);
        }
        else
        {
            delivery.Arrived.Add(decoded);
        }
    }

    private void Reject(Delivery delivery, in Rejection rejection, int index, in EventPosition position, ReadOnlySpan<byte> head, long length)
    {
        delivery.Reject(new RejectedEntry(index, position.Line, rejection.Reason, rejection.Detail));
        quarantine.Add(new RejectedEvent
        {
            Rejection = rejection,
            Position = position,
            Raw = head.Length > options.QuarantineBytes ? head[..options.QuarantineBytes] : head,
            Length = length,
        });
    }
}
