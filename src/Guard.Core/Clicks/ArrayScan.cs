using System.Buffers;

namespace Guard.Core.Clicks;

/// <summary>Finds where the elements of a JSON array end: at commas and the closing bracket outside of strings and of other brackets.</summary>
internal sealed class ArrayScan(PieceBuffer buffer)
{
    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[],\n"u8);
    private static readonly SearchValues<byte> s_stringEnd = SearchValues.Create("\"\\"u8);
    private int _depth;
    private bool _inString;

    /// <summary>Begins another element.</summary>
    public void Restart() => (_depth, _inString) = (0, false);

    /// <summary>Reads to the end of an element and the character behind it.</summary>
    /// <returns><see langword="false"/> where the buffer ends before.</returns>
    public bool Run()
    {
        while (!buffer.Rest.IsEmpty)
        {
            var rest = buffer.Rest;
            if (_inString)
            {
                if (!RunString(rest))
                {
                    return false;
                }

                continue;
            }

            var next = rest.IndexOfAny(s_structure);
            if (next < 0)
            {
                buffer.Pass(rest.Length);
                return false;
            }

            var found = rest[next];
            buffer.Pass(next + 1, found == '\n' ? 1 : 0);
            switch (found)
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                case (byte)',' or (byte)']' when _depth == 0:
                    return true;
                case (byte)'}' or (byte)']' when _depth > 0:
                    _depth--;
                    break;
                default:
                    break;
            }
        }

        return false;
    }

    private bool RunString(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAny(s_stringEnd);
        var isEscape = at >= 0 && rest[at] == '\\';
        if (isEscape && at + 1 == rest.Length && !buffer.Ended)
        {
            // What is escaped comes with the next block.
            buffer.Pass(at, rest[..at].Count((byte)'\n'));
            return false;
        }

        var step = at < 0 ? rest.Length : Math.Min(rest.Length, isEscape ? at + 2 : at + 1);
        buffer.Pass(step, rest[..step].Count((byte)'\n'));
        _inString = at < 0 || isEscape;
        return true;
    }
}
