using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Guard.Server.Hubs;
using Guard.Server.Requests;

namespace Guard.Server.Tests.Hubs;

public sealed class HubBatchTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Fact]
    public void Bodies_become_lines_whatever_stands_beside_them()
    {
        Assert.Equal("{\"a\":1}\n{ \"b\" : \"\u00fc\" }\n", Unwrap("""[{"BrokerProperties":{"PartitionKey":"x"},"Body":"{\"a\":1}","UserProperties":{"Body":"no"}},{"Body":"{\n\"b\"\r:\n\"\u00fc\"\n}"}]""").Replace("\r", " ").Replace("  ", " "));
        Assert.Equal("", Unwrap(" [ ] "));
    }

    [Fact]
    public void An_empty_body_is_an_event_too() => Assert.Equal("\"\"\n\"\"\n", Unwrap("""[{"Body":""},{"Body":" \n "}]"""));

    [Fact]
    public void Every_body_is_one_line_and_keeps_its_meaning() => Prop.ForAll<string[]>(texts =>
    {
        var bodies = texts.Select(text => JsonSerializer.Serialize(new { text = text ?? "" }, s_indented)).ToArray();

        var lines = Unwrap(JsonSerializer.Serialize(bodies.Select(body => new { Body = body }))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("text").GetString()), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{}", "not an array")]
    [InlineData("[1]", "entry 0 is not an object")]
    [InlineData("[{}]", "entry 0 has no Body")]
    [InlineData("""[{"Body":"a"},{"Body":{}}]""", "entry 1")]
    [InlineData("""[{"Body":"a","Body":"b"}]""", "entry 0")]
    [InlineData("""[{"Body":"a"}] []""", "not JSON")]
    [InlineData("[{\"Body\":\"a", "not JSON")]
    [InlineData("""[{"Body":"\ud800"}]""", "not JSON")]
    public void What_is_no_batch_is_refused_and_the_entry_is_named(string json, string place) =>
        Assert.Contains(place, Assert.Throws<RequestFault>(() => Unwrap(json)).Message);

    private static string Unwrap(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var lines = new byte[bytes.Length];
        return Encoding.UTF8.GetString(lines, 0, HubBatch.Write(bytes, lines));
    }
}
