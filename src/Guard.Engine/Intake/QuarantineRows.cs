using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Guard.Core.Clicks;

namespace Guard.Engine.Intake;

/// <summary>Writes rejected events as rows of NDJSON, in memory that is used again. Not safe for concurrent use.</summary>
internal sealed class QuarantineRows : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly Utf8JsonWriter _json;

    public QuarantineRows() => _json = new Utf8JsonWriter(_row, s_options);

    /// <summary>Writes one row, with its line break. It lasts until the next.</summary>
    public ReadOnlySpan<byte> Format(in RejectedEvent rejected, DateTimeOffset? arrived)
    {
        _row.ResetWrittenCount();
        _json.Reset(_row);
        _json.WriteStartObject();
        if (arrived is { } time)
        {
            _json.WriteString("arrived", time);
        }

        _json.WriteString("reason", JsonNamingPolicy.CamelCase.ConvertName(rejected.Rejection.Reason.ToString()));
        _json.WriteString("detail", rejected.Rejection.Detail);
        _json.WriteString("file", rejected.Position.Origin);
        _json.WriteNumber("line", rejected.Position.Line);
        _json.WriteNumber("offset", rejected.Position.Offset);
        _json.WriteNumber("length", rejected.Length);
        var text = rejected.Length > rejected.Raw.Length ? WholeCharacters(rejected.Raw) : rejected.Raw;
        if (Utf8.IsValid(text))
        {
            _json.WriteString("text", text);
        }
        else
        {
            _json.WriteBase64String("base64", rejected.Raw);
        }

        _json.WriteEndObject();
        _json.Flush();
        _row.Write("\n"u8);
        return _row.WrittenSpan;
    }

    /// <summary>Cuts off a last row that was not written to its end, and goes to the end.</summary>
    public static void KeepWhole(FileStream stream)
    {
        var block = new byte[4096];
        var end = stream.Length;
        while (end > 0)
        {
            var start = Math.Max(0, end - block.Length);
            stream.Position = start;
            var read = block.AsSpan(0, (int)(end - start));
            stream.ReadExactly(read);
            var newline = read.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                end = start + newline + 1;
                break;
            }

            end = start;
        }

        stream.SetLength(end);
        stream.Position = end;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    // Cutting an event's head may have cut a character: at most its first three bytes are left at the end.
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut <= 3 && cut < head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
            {
                return head[..^cut];
            }
        }

        return head;
    }
}
