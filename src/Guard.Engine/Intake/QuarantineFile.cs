using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Guard.Core.Clicks;

namespace Guard.Engine.Intake;

/// <summary>
/// Quarantine as an NDJSON file: <c>reason</c>, <c>detail</c>, <c>file</c>, <c>line</c>, <c>offset</c>, <c>length</c> and
/// the event's head as <c>text</c>, or as <c>base64</c> where it is no UTF-8. Readable by its owner alone, since the head
/// may hold personal data in the clear.
/// </summary>
/// <remarks>
/// Rows go to <c>{path}.partial</c>, each by one write and unbuffered, so a crash of the process loses none and at worst a
/// crash of the machine cuts the last ones. <see cref="Complete"/> moves the file to its final name, over what an earlier
/// run left there; a run that stops short leaves the partial file, which the next run starts afresh, or goes on with
/// after its last whole row where it resumes.
/// </remarks>
public sealed class QuarantineFile : IQuarantine, IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="resume">Whether to go on with a partial file that an earlier run left.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public QuarantineFile(string path, bool resume = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _draft = path + ".partial";
        try
        {
            _stream = OwnerOnlyFile.Open(_draft, resume ? FileMode.OpenOrCreate : FileMode.Create);
            KeepWholeRows(_stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _stream?.Dispose();
            throw new InputException(_draft, null, "the quarantine file cannot be written", "choose another folder or check its permissions", e);
        }

        _json = new Utf8JsonWriter(_row, s_options);
    }

    /// <inheritdoc/>
    public void Add(in RejectedEvent rejected)
    {
        _row.ResetWrittenCount();
        _json.Reset(_row);
        _json.WriteStartObject();
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
        _stream.Write(_row.WrittenSpan);
    }

    /// <summary>Closes the file and moves it to its final name.</summary>
    public void Complete()
    {
        _stream.Flush(flushToDisk: true);
        Dispose();
        File.Move(_draft, _path, overwrite: true);
    }

    /// <summary>Closes the partial file and leaves it where it is.</summary>
    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }

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

    private static void KeepWholeRows(FileStream stream)
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
}
