using Guard.Core.Clicks;

namespace Guard.Cli.Simulate;

/// <summary>What pacing needs of a simulated event.</summary>
internal static class EventLine
{
    private static ReadOnlySpan<byte> Field => "\"recordedtime\":\""u8;

    /// <summary>Reads when an event was recorded, in Unix milliseconds; a malformed event may not tell.</summary>
    public static bool TryRecorded(ReadOnlySpan<byte> line, out long recorded)
    {
        recorded = 0;
        var start = line.IndexOf(Field);
        if (start < 0)
        {
            return false;
        }

        var text = line[(start + Field.Length)..];
        var end = text.IndexOf((byte)'"');
        return end >= 0 && Rfc3339.TryParse(text[..end], out recorded);
    }
}
