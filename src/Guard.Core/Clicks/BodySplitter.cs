namespace Guard.Core.Clicks;

/// <summary>Splits the bodies that producers send, one after another, into their events. Not safe for concurrent use.</summary>
/// <param name="origin">What positions name.</param>
public sealed class BodySplitter(string origin)
{
    private readonly EventSplitter _splitter = new(Stream.Null, origin, Splitting.Undecided);
    private bool _isWhole;

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Begins a body: one event, an array of them, or one a line.</summary>
    /// <param name="body">The body in UTF-8, which is then handed to <see cref="TryNext"/>.</param>
    public void Begin(ReadOnlySpan<byte> body)
    {
        _isWhole = IsOneOverLines(body);
        _splitter.Restart(Stream.Null, origin, Splitting.Undecided);
    }

    /// <summary>Gets the next event.</summary>
    /// <param name="rest">The body, of which the splitter takes as much as it has room for.</param>
    /// <param name="piece">The event, valid until the next call.</param>
    /// <returns><see langword="false"/> where the body had ended before.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> rest, out RawEvent piece)
    {
        if (_isWhole)
        {
            piece = rest.IsEmpty ? default : Whole(rest);
            rest = default;
            return piece.Length > 0;
        }

        do
        {
            if (_splitter.TryNext(out piece))
            {
                return true;
            }
        }
        while (_splitter.Fill(ref rest));
        return false;
    }

    /// <summary>Takes a whole body for one event.</summary>
    public RawEvent Whole(ReadOnlySpan<byte> body)
    {
        var start = body.Length - body.TrimStart(Space).Length;
        var json = body.Trim(Space);
        return new RawEvent { Position = new EventPosition(origin, 1 + body[..start].Count((byte)'\n'), start), Bytes = json, Length = json.Length };
    }

    // An event that a person wrote over several lines: its first line does not end it, and the next does not begin another.
    private static bool IsOneOverLines(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(Space);
        var end = text.IndexOf((byte)'\n');
        return end > 0 && text[0] == '{' && text[..end].TrimEnd(Space)[^1] != '}' && text[end..].TrimStart(Space) is { IsEmpty: false } next && next[0] != '{';
    }
}
