using System.Buffers;
using System.Text;
using System.Text.Json;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;
using Guard.Core.Watching.Streams;

namespace Guard.Core.Tests.Watching.Streams;

public sealed class AlertEventWriterTests
{
    private static readonly Alert s_alert = new(Spikes.Start, Spikes.Start + 60_000, null, .75, 10.5, 42, [new Contribution(1, .5)]);

    [Fact]
    public void A_start_is_a_CloudEvent_with_all_that_is_known() => Assert.Equal(
        """
        {"specversion":"1.0","id":"ab.started","source":"/guard/alerts","type":"guard.alert.v1","subject":"guard.slice.all.clicks","time":"2026-01-01T00:00:00.000Z","datacontenttype":"application/json","data":{"alertId":"ab","phase":"started","number":7,"stream":"guard.slice.all.clicks","start":"2026-01-01T00:00:00.000Z","peak":"2026-01-01T00:01:00.000Z","score":0.75,"expected":10.5,"observed":42,"contributions":[{"dimension":1,"share":0.5}]}}
        """,
        Write(new AlertEvent(7, AlertPhase.Started, new StreamAlert("ab", 4, "guard.slice.all.clicks", s_alert))));

    [Fact]
    public void An_end_tells_when_and_what_is_no_number_is_null()
    {
        var ended = s_alert with { End = Spikes.Start + 120_000, Expected = double.NaN, Observed = double.PositiveInfinity };
        using var json = JsonDocument.Parse(Write(new AlertEvent(8, AlertPhase.Ended, new StreamAlert("ab", 4, "a \"quoted\" name\n", ended))));
        Assert.Equal("ab.ended", json.RootElement.GetProperty("id").GetString());
        Assert.Equal("2026-01-01T00:02:00.000Z", json.RootElement.GetProperty("time").GetString());
        Assert.Equal("a \"quoted\" name\n", json.RootElement.GetProperty("subject").GetString());
        var data = json.RootElement.GetProperty("data");
        Assert.Equal("2026-01-01T00:02:00.000Z", data.GetProperty("end").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("expected").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("observed").ValueKind);
    }

    private static string Write(AlertEvent alertEvent)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AlertEventWriter.Write(bytes, alertEvent);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
