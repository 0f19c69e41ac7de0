using System.Buffers;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Grains.Deciding;

namespace Guard.Grains.Ingest;

/// <summary>
/// Keeps a partition's rejected events, one a line, in artifacts under <c>quarantine/{day}/{partition}</c> that only the
/// operator should read: rows hold personal data in the clear. A row is durable before its message is done;
/// <see cref="QuarantineRetention"/> deletes it.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="instruments">Counts what is kept.</param>
internal sealed class HubQuarantine(IArtifactStore store, IngestInstruments? instruments = null) : IQuarantine
{
    private readonly List<RejectReason> _reasons = [];
    private readonly ArrayBufferWriter<byte> _rows = new();
    private readonly List<SegmentRejection> _rejections = [];

    /// <summary>Gets how many events were put there.</summary>
    public long Count { get; private set; }

    /// <summary>Gets why the last of them was.</summary>
    public Rejection Last { get; private set; }

    /// <summary>Gets or sets when the message came in whose events are taken, in Unix milliseconds.</summary>
    public long Arrived { get; set; }

    /// <inheritdoc/>
    public void Add(in RejectedEvent rejected)
    {
        using (var json = new Utf8JsonWriter(_rows))
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, rejected.Rejection.Reason.ToString());
            json.WriteString("detail"u8, rejected.Rejection.Detail);
            json.WriteString("origin"u8, rejected.Position.Origin);
            json.WriteNumber("line"u8, rejected.Position.Line);
            json.WriteNumber("offset"u8, rejected.Position.Offset);
            json.WriteNumber("length"u8, rejected.Length);
            json.WriteBase64String("raw"u8, rejected.Raw);
            json.WriteEndObject();
        }

        _rows.Write("\n"u8);
        _reasons.Add(rejected.Rejection.Reason);
        Count++;
        Last = rejected.Rejection;
        _rejections.Add(new SegmentRejection(
            Arrived, rejected.Rejection.Reason, rejected.Rejection.Detail ?? "", rejected.Position.Origin ?? "", rejected.Position.Line, rejected.Length));
    }

    /// <summary>Gets the events that came since this was last asked, without their content.</summary>
    public SegmentRejection[] TakeRejections()
    {
        SegmentRejection[] taken = [.. _rejections];
        _rejections.Clear();
        return taken;
    }

    /// <summary>Writes what came of a range of messages.</summary>
    public async ValueTask WriteAsync(int partition, long first, long last, CancellationToken cancellationToken)
    {
        if (_rows.WrittenCount > 0)
        {
            // The day of the newest message, which a replay finds again.
            var path = QuarantinePath.Of(Arrived, $"{partition:D5}/{first:D20}-{last:D20}.ndjson");
            await store.CreateAsync(path, _rows.WrittenMemory, cancellationToken);
        }

        _reasons.ForEach(reason => instruments?.Quarantined(reason));
        Drop();
    }

    /// <summary>Drops what came of messages whose rows are durable already.</summary>
    public void Drop()
    {
        _rows.ResetWrittenCount();
        _reasons.Clear();
    }
}
