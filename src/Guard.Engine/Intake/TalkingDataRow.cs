using System.Buffers.Text;
using Guard.Core.Clicks;

namespace Guard.Engine.Intake;

/// <summary>A row of TalkingData's columns; times are Unix milliseconds.</summary>
internal readonly record struct TalkingDataRow(long Time, long AttributedTime, int Line, int Ip, int App, int Device, int System)
{
    public const int Columns = 8;

    /// <summary>Gets the column names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ip", "app", "device", "os", "channel", "click_time", "attributed_time", "is_attributed"];

    public bool IsAttributed => AttributedTime != 0;

    public static Rejection Read(ReadOnlySpan<byte> text, int line, out TalkingDataRow row)
    {
        row = default;
        if (text.Count((byte)',') != Columns - 1)
        {
            return new(RejectReason.Malformed, "the row has not 8 columns");
        }

        Span<int> ids = stackalloc int[5];
        for (var i = 0; i < ids.Length; i++)
        {
            var column = Next(ref text);
            if (!Utf8Parser.TryParse(column, out ids[i], out var used) || used != column.Length || ids[i] < 0)
            {
                return new(RejectReason.Malformed, Names[i]);
            }
        }

        var clicked = ReadTime(Next(ref text), "click_time", out var time);
        if (clicked.IsRejected)
        {
            return clicked;
        }

        var attributedText = Next(ref text);
        var attributed = 0L;
        if (text.SequenceEqual("1"u8))
        {
            var rejection = ReadTime(attributedText, "attributed_time", out attributed);
            if (rejection.IsRejected || attributed < time)
            {
                return rejection.IsRejected ? rejection : new(RejectReason.OutOfRange, "attributed_time is before click_time");
            }
        }
        else if (!text.SequenceEqual("0"u8))
        {
            return new(RejectReason.Malformed, "is_attributed");
        }

        row = new TalkingDataRow(time, attributed, line, ids[0], ids[1], ids[2], ids[3]);
        return default;
    }

    private static Rejection ReadTime(ReadOnlySpan<byte> text, string name, out long time)
    {
        time = 0;
        if (text.IsEmpty)
        {
            return new(RejectReason.MissingField, name);
        }

        // The data's times are UTC without saying so.
        Span<byte> utc = stackalloc byte[20];
        utc[19] = (byte)'Z';
        return text.Length != 19 || !text.TryCopyTo(utc) || !Rfc3339.TryParse(utc, out time) ? new(RejectReason.InvalidTime, name)
            : time is < EventLimits.Earliest or >= EventLimits.End ? new(RejectReason.OutOfRange, name)
            : default;
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        var column = text[..comma];
        text = text[(comma + 1)..];
        return column;
    }
}
