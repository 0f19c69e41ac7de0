using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Grains.Intake;

/// <summary>
/// Makes messages of the bodies that producers send, one body after another: the events of each partition in their order,
/// at most a mebibyte a message. Not safe for concurrent use.
/// </summary>
/// <param name="partitions">How many partitions there are.</param>
/// <param name="hash">Hashes identities.</param>
/// <param name="options">How events are taken in.</param>
internal sealed class BodyPacker(int partitions, KeyedHash hash, IntakeOptions options)
{
    private const int MostBytes = 1 << 20;
    private readonly BodySplitter _splitter = new(PackedEvents.Origin);
    private readonly EventDecoder _decoder = new(hash, options.FutureSkew);
    private readonly EventBatch _event = new();
    private readonly PackedEvents[] _packed = [.. Enumerable.Range(0, partitions).Select(_ => new PackedEvents())];

    /// <summary>Splits a body.</summary>
    /// <param name="body">The body in UTF-8.</param>
    /// <param name="now">The clock, in Unix milliseconds.</param>
    /// <returns>The messages, each with the partition it belongs to, from 0.</returns>
    public List<(int Partition, SentBody Body)> Pack(ReadOnlySpan<byte> body, long now)
    {
        var messages = new List<(int, SentBody)>();
        _splitter.Begin(body);
        for (var index = 0; _splitter.TryNext(ref body, out var piece); index++)
        {
            var partition = partitions > 1 && Decode(piece, now) ? PartitionOfEvent() : 0;
            var packed = _packed[partition];
            packed.Add(piece, index, piece.Rejection);
            if (packed.Length >= MostBytes)
            {
                messages.Add((partition, new SentBody { Events = packed.Take(), Time = now }));
            }
        }

        for (var partition = 0; partition < partitions; partition++)
        {
            if (_packed[partition].Count > 0)
            {
                messages.Add((partition, new SentBody { Events = _packed[partition].Take(), Time = now }));
            }
        }

        return messages;
    }

    /// <summary>Takes a body for one click whose sender waits for its decision.</summary>
    /// <param name="body">The body in UTF-8.</param>
    /// <param name="now">The clock, in Unix milliseconds.</param>
    /// <param name="names">The click's texts; <see langword="null"/> where the event goes to quarantine.</param>
    public (int Partition, SentBody Body) PackClick(ReadOnlySpan<byte> body, long now, out ClickNames? names)
    {
        var piece = _splitter.Whole(body);
        var (isClick, isOther) = Decode(piece, now) ? (!_event.Clicks.IsEmpty, _event.Clicks.IsEmpty) : (false, false);
        names = isClick ? NamesOf(_event.Clicks[0]) : null;
        var partition = isClick ? PartitionOfEvent() : 0;
        _packed[partition].Add(piece, 0, isOther ? new Rejection(RejectReason.UnknownType, "type") : default);
        return (partition, new SentBody { Events = _packed[partition].Take(), Time = now, WantsDecision = true });
    }

    private bool Decode(in RawEvent piece, long now)
    {
        _event.Clear();
        return !piece.Rejection.IsRejected && !_decoder.Decode(piece.Bytes, now, _event, 0).IsRejected;
    }

    private ClickNames NamesOf(in Click click) => new(TextOf(click.IdText), TextOf(click.SourceText), TextOf(click.CampaignText), TextOf(click.AdvertiserText));

    private string TextOf(TextRange range) => Encoding.UTF8.GetString(_event.Text(range));

    // What is broken may go anywhere; the same event always goes the same way, so that it is known when it comes again, and
    // so do a user's events and a stream's readings, which then keep their order.
    private int PartitionOfEvent()
    {
        var key = _event switch
        {
            { Clicks: [var click, ..] } => click.User,
            { Purchases: [var purchase, ..] } => purchase.User == 0 ? purchase.Click : purchase.User,
            _ => hash.Of(HashKind.Source, Encoding.UTF8.GetBytes(_event.Telemetry[0].Stream)),
        };
        return KeyHash.ShardOf(key, partitions);
    }
}
