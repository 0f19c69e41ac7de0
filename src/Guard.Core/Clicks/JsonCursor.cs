using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Guard.Core.Clicks;

/// <summary>
/// Reads the objects of a JSON document in valid UTF-8 token by token, as <see cref="Utf8JsonReader"/> does and in half its
/// time on the usual event: names, plain texts, whole numbers, literals. All else, escaped texts, other numbers, and what is
/// skipped or lies in an array, that reader reads.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int MaximumDepth = 64;
    private const int MostDigits = 18;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private int _depth;
    private long _number;

    /// <summary>Gets the kind of the token; an array shows only as its start, and must be skipped or read by <see cref="Nested"/>.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Gets a name or text between its quotes, or a number as it stands.</summary>
    public ReadOnlySpan<byte> ValueSpan { get; private set; }

    /// <summary>Gets whether the name or text has escapes.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>Gets where the token starts.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Gets where the token ends.</summary>
    public readonly int Consumed => _at;

    /// <summary>Reads the next token; false after the document's last.</summary>
    /// <exception cref="JsonException">The document is no JSON.</exception>
    public bool Read()
    {
        var next = Next();
        if (TokenType == JsonTokenType.PropertyName || (TokenType == JsonTokenType.None && next >= 0))
        {
            ReadValue(next);
            return true;
        }

        if (_depth == 0)
        {
            return next < 0 && TokenType != JsonTokenType.None ? false : throw Malformed();
        }

        if (next == '}')
        {
            _at++;
            _depth--;
            TokenType = JsonTokenType.EndObject;
            return true;
        }

        if (TokenType != JsonTokenType.StartObject)
        {
            Expect(next, ',');
            next = Next();
        }

        ReadText(next);
        Expect(Next(), ':');
        TokenType = JsonTokenType.PropertyName;
        return true;
    }

    /// <summary>Skips the rest of the object or array that the token starts.</summary>
    public void Skip()
    {
        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var nested = Nested();
            nested.Skip();
            Resume(nested);
        }
    }

    /// <summary>Gives a reader that stands on the object or array that the token starts.</summary>
    public readonly Utf8JsonReader Nested()
    {
        var open = TokenType == JsonTokenType.StartObject ? _depth - 1 : _depth;
        var nested = new Utf8JsonReader(_json[TokenStart..], new JsonReaderOptions { MaxDepth = MaximumDepth - open });
        nested.Read();
        return nested;
    }

    /// <summary>Goes on behind the object or array at whose end a reader from <see cref="Nested"/> stands.</summary>
    public void Resume(in Utf8JsonReader nested)
    {
        _depth -= TokenType == JsonTokenType.StartObject ? 1 : 0;
        _at = TokenStart + (int)nested.BytesConsumed;
        TokenType = nested.TokenType;
    }

    /// <summary>Gets a number that is a whole one of 64 bits.</summary>
    public readonly bool TryGetInt64(out long value)
    {
        value = _number;
        return value >= 0 || Token().TryGetInt64(out value);
    }

    /// <summary>Copies a text, unescaped.</summary>
    /// <exception cref="InvalidOperationException">It has half a surrogate pair.</exception>
    public readonly int CopyString(Span<byte> destination) => Token().CopyString(destination);

    // A reader that stands on the token alone; its quotes belong to a text.
    private readonly Utf8JsonReader Token()
    {
        var reader = new Utf8JsonReader(TokenType == JsonTokenType.Number ? ValueSpan : _json.Slice(TokenStart, ValueSpan.Length + 2));
        reader.Read();
        return reader;
    }

    /// <summary>The first byte that is not space, or −1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next()
    {
        for (; _at < _json.Length; _at++)
        {
            if (_json[_at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') and var next)
            {
                return next;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Expect(int next, char expected)
    {
        if (next != expected)
        {
            throw Malformed();
        }

        _at++;
    }

    private void ReadValue(int next)
    {
        TokenStart = _at;
        switch (next)
        {
            case '"':
                ReadText(next);
                TokenType = JsonTokenType.String;
                break;
            case '{':
                _at++;
                _depth++;
                TokenType = JsonTokenType.StartObject;
                break;
            case '[':
                _at++;
                TokenType = JsonTokenType.StartArray;
                break;
            case 't':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case 'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case 'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            default:
                ReadNumber();
                TokenType = JsonTokenType.Number;
                break;
        }
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType type)
    {
        if (!_json[_at..].StartsWith(literal))
        {
            throw Malformed();
        }

        _at += literal.Length;
        TokenType = type;
    }

    private void ReadText(int next)
    {
        TokenStart = _at;
        Expect(next, '"');
        var end = End(_at);
        ValueIsEscaped = _json[end] == '\\';
        if (_json[end] != '"')
        {
            end = EndOfEscaped(end);
        }

        ValueSpan = _json[_at..end];
        _at = end + 1;
    }

    /// <summary>The first place from one on that holds a quote, a backslash or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int End(int from)
    {
        ref var first = ref MemoryMarshal.GetReference(_json);
        for (; from <= _json.Length - Vector256<byte>.Count; from += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)from);
            var ends = Vector256.Equals(bytes, Vector256.Create((byte)'"'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1f)), bytes);
            if (ends.ExtractMostSignificantBits() is not 0 and var bits)
            {
                return from + BitOperations.TrailingZeroCount(bits);
            }
        }

        for (; from < _json.Length; from++)
        {
            if (_json[from] is (byte)'"' or (byte)'\\' or < 0x20)
            {
                return from;
            }
        }

        throw Malformed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int EndOfEscaped(int end)
    {
        while (_json[end] == '\\')
        {
            end = End(Math.Min(end + 2, _json.Length));
        }

        // The reader says whether the escapes, and what ended the text, are such.
        new Utf8JsonReader(_json[(_at - 1)..(end + 1)]).Read();
        return end;
    }

    private void ReadNumber()
    {
        var end = _at;
        _number = 0;
        for (; end < _json.Length && (uint)(_json[end] - '0') <= 9; end++)
        {
            _number = unchecked(_number * 10 + (_json[end] - '0'));
        }

        var digits = end - _at;
        if (digits is 0 or > MostDigits || (digits > 1 && _json[_at] == '0') || end == _json.Length || _json[end] is not ((byte)',' or (byte)'}'))
        {
            var reader = new Utf8JsonReader(_json[_at..]);
            reader.Read();
            _number = -1;
            end = _at + (int)reader.BytesConsumed;
            if (end == _json.Length)
            {
                throw Malformed();
            }
        }

        ValueSpan = _json[_at..end];
        _at = end;
    }

    private static JsonException Malformed() => new();
}
