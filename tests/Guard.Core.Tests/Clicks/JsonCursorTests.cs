using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using static Guard.Core.Tests.Clicks.TestEvents;

namespace Guard.Core.Tests.Clicks;

public class JsonCursorTests
{
    [Theory]
    [InlineData("""{ "a" : 1 , "b":-1,"c":0.5e3,"d":01,"e":1/ }""")]
    [InlineData("""{"a":123456789012345678,"b":1234567890123456789,"c":12345678901234567890}""")]
    [InlineData("""{"a":12]""")]
    [InlineData("""{"a":12""")]
    [InlineData("""{"a":nullx}""")]
    [InlineData("""{"a":"\u00e9\n","\u0062":"\ud800","c":"\x"}""")]
    [InlineData("""{"a":"ends in a backslash\\","b":"\""}""")]
    [InlineData("""{"a":[[{"b":1},{}],{"c":[]}],"d":{"e":{"f":[1,2]}},"g":true}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{,"a":1}""")]
    [InlineData("""{"a" 1}""")]
    [InlineData("""{"a":}""")]
    [InlineData("{} x")]
    [InlineData("")]
    public void A_document_is_read_as_the_framework_reads_it(string json) => Assert.Equal(Framework(Utf8(json)), Cursor(Utf8(json)));

    [Fact]
    public void Objects_nest_as_deep_as_the_framework_allows()
    {
        foreach (var depth in Enumerable.Range(60, 8))
        {
            var json = Utf8("{\"data\":{\"x\":" + new string('[', depth) + new string(']', depth) + "}}");
            Assert.Equal(Framework(json), Cursor(json));
        }
    }

    [Fact]
    public void Any_mutation_of_an_event_is_read_as_the_framework_reads_it()
    {
        string[] seeds =
        [
            Click(), Click("\\u0061", data: """{"sessionId":"\ud83d\ude00é","n":-0,"ip":"::1","deep":[{"a":[1,2e9,"x"]},{}],"costMicros":0}"""),
            """{ "a" : [ ] ,"b":{"c":true,"d":false,"e":null,"f":{"g":"h"}}, "i" : 1.5E+7 , "\n":"\\" }""",
        ];
        string[] splices = ["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0041", "\\ud800", "null", "-1", "01", "1e999", "true", " ", "\n", "\0", "\u001f", "é", "/"];
        var edits = Gen.Choose(0, 2).SelectMany(kind => Gen.Choose(0, 10_000).SelectMany(at => Gen.Choose(0, 255).Select(value => (kind, at, value))));
        var cases = Gen.Choose(0, seeds.Length - 1).SelectMany(seed => edits.ListOf().Select(list => (seed, list)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var json = seeds[c.seed];
            foreach (var (kind, at, value) in c.list.Take(3))
            {
                var place = at % json.Length;
                var end = Math.Min(place + value % 4 + 1, json.Length);
                json = kind switch
                {
                    0 => json[..place] + splices[value % splices.Length] + json[place..],
                    1 when json.Length > 8 => json[..place] + json[end..],
                    _ => json[..place] + splices[value % splices.Length] + json[end..],
                };
            }

            Assert.Equal(Framework(Utf8(json)), Cursor(Utf8(json)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    // Both walk the objects two deep, as events have them, and skip what lies deeper; a transcript tells what each saw.
    private static string Framework(byte[] json)
    {
        var (seen, text, depth) = (new StringBuilder(), new byte[json.Length], 0);
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                depth += Step(reader.TokenType);
                if (reader.TokenType == JsonTokenType.StartArray || depth > 2)
                {
                    reader.Skip();
                    depth -= depth > 2 ? 1 : 0;
                }

                long number = -1;
                var length = -1;
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    length = Copy(ref reader, text);
                }
                else if (reader.TokenType == JsonTokenType.Number && !reader.TryGetInt64(out number))
                {
                    number = -2;
                }

                seen.Append(CultureInfo.InvariantCulture, $"{reader.TokenType} {number} {length} {Encoding.UTF8.GetString(text.AsSpan(0, Math.Max(length, 0)))} {(Positions(reader.TokenType) ? reader.BytesConsumed : 0)}\n");
            }
        }
        catch (JsonException)
        {
            seen.Append("malformed");
        }

        return seen.ToString();
    }

    private static string Cursor(byte[] json)
    {
        var (seen, text, depth) = (new StringBuilder(), new byte[json.Length], 0);
        try
        {
            var reader = new JsonCursor(json);
            while (reader.Read())
            {
                depth += Step(reader.TokenType);
                if (reader.TokenType == JsonTokenType.StartArray || depth > 2)
                {
                    reader.Skip();
                    depth -= depth > 2 ? 1 : 0;
                }

                long number = -1;
                var length = -1;
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    length = Copy(ref reader, text);
                }
                else if (reader.TokenType == JsonTokenType.Number && !reader.TryGetInt64(out number))
                {
                    number = -2;
                }

                seen.Append(CultureInfo.InvariantCulture, $"{reader.TokenType} {number} {length} {Encoding.UTF8.GetString(text.AsSpan(0, Math.Max(length, 0)))} {(Positions(reader.TokenType) ? reader.Consumed : 0)}\n");
            }
        }
        catch (JsonException)
        {
            seen.Append("malformed");
        }

        return seen.ToString();
    }

    private static int Step(JsonTokenType type) => type == JsonTokenType.StartObject ? 1 : type == JsonTokenType.EndObject ? -1 : 0;

    // The framework's reader stands behind the colon of a name.
    private static bool Positions(JsonTokenType type) => type != JsonTokenType.PropertyName;

    private static int Copy(ref Utf8JsonReader reader, byte[] text)
    {
        try
        {
            return reader.CopyString(text);
        }
        catch (InvalidOperationException)
        {
            return -2;
        }
    }

    private static int Copy(ref JsonCursor reader, byte[] text)
    {
        try
        {
            return reader.CopyString(text);
        }
        catch (InvalidOperationException)
        {
            return -2;
        }
    }
}
