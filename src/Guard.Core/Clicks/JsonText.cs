using System.Text.Json;

namespace Guard.Core.Clicks;

/// <summary>Takes bounded values out of a JSON reader; what is escaped is unescaped into a buffer that is used again for the next event.</summary>
internal sealed class JsonText
{
    // Unescaping never lengthens a text, so one event's texts always fit.
    private readonly byte[] _buffer = new byte[EventLimits.EventBytes];
    private int _used;

    public void Clear() => _used = 0;

    /// <summary>Takes the name of the property that the reader stands on.</summary>
    public ReadOnlySpan<byte> Name(scoped ref JsonCursor reader) =>
        reader.ValueIsEscaped ? (TryUnescape(ref reader, out var name) ? name : default) : reader.ValueSpan;

    /// <summary>Takes a text, which is empty where it is null.</summary>
    public Rejection Take(scoped ref JsonCursor reader, string field, int maximum, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return reader.TokenType == JsonTokenType.Null ? default : new(RejectReason.WrongType, field);
        }

        if (!reader.ValueIsEscaped)
        {
            text = reader.ValueSpan;
        }
        else if (!TryUnescape(ref reader, out text))
        {
            return new(RejectReason.InvalidText, field);
        }

        return text.Length > maximum ? new(RejectReason.FieldTooLong, field) : default;
    }

    /// <summary>Takes a required text without control characters (in JSON they come escaped, but for the last of them), as CloudEvents' context attributes are.</summary>
    public Rejection TakeAttribute(scoped ref JsonCursor reader, string field, int maximum, out ReadOnlySpan<byte> text)
    {
        var rejection = Take(ref reader, field, maximum, out text);
        return rejection.IsRejected ? rejection
            : text.IsEmpty ? new(RejectReason.MissingField, field)
            : text.Contains((byte)0x7f) || (reader.ValueIsEscaped && text.ContainsAnyInRange((byte)0, (byte)0x1f)) ? new(RejectReason.InvalidText, field)
            : default;
    }

    /// <summary>Takes an amount of money in [0, <see cref="EventLimits.Micros"/>].</summary>
    public static Rejection TakeMicros(scoped ref JsonCursor reader, string field, out long value)
    {
        value = 0;
        return reader.TokenType != JsonTokenType.Number ? new(RejectReason.WrongType, field)
            : !reader.TryGetInt64(out value) || value is < 0 or > EventLimits.Micros ? new(RejectReason.OutOfRange, field)
            : default;
    }

    /// <summary>Takes a timestamp within the range of times.</summary>
    public Rejection TakeTime(scoped ref JsonCursor reader, string field, out long time)
    {
        time = 0;
        var rejection = Take(ref reader, field, EventLimits.Timestamp, out var text);
        return rejection.IsRejected ? rejection
            : !Rfc3339.TryParse(text, out time) ? new(RejectReason.InvalidTime, field)
            : time is < EventLimits.Earliest or >= EventLimits.End ? new(RejectReason.OutOfRange, field)
            : default;
    }

    private bool TryUnescape(scoped ref JsonCursor reader, out ReadOnlySpan<byte> text)
    {
        text = default;
        try
        {
            var length = reader.CopyString(_buffer.AsSpan(_used));
            text = _buffer.AsSpan(_used, length);
            _used += length;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair has no form in UTF-8.
            return false;
        }
    }
}
