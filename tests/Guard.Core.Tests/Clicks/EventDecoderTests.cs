using System.Text;
using Guard.Core.Clicks;
using static Guard.Core.Tests.Clicks.TestEvents;

namespace Guard.Core.Tests.Clicks;

public class EventDecoderTests
{
    private readonly EventDecoder _decoder = new(Hash, TimeSpan.FromMinutes(5));
    private readonly EventBatch _batch = new();

    [Fact]
    public void A_click_is_read_whole()
    {
        var click = Accept(Click());
        Assert.Equal(7, click.Sequence);
        Assert.Equal(Noon, click.Time);
        Assert.Equal(Hash.Of(HashKind.Click, "click-1"u8), click.Id);
        Assert.Equal(Hash.Of(HashKind.User, "opaque"u8), click.User);
        Assert.Equal(Hash.Of(HashKind.Session, "s"u8), click.Session);
        Assert.Equal(Hash.Of(HashKind.UserAgent, "Mozilla/5.0 (X11)"u8), click.UserAgent);
        Assert.NotEqual(0UL, click.Entity);
        Assert.Equal(350_000, click.CostMicros);
        Assert.Equal("DE", click.Marketplace.ToString());
        Assert.Equal(DeviceType.Mobile, click.Device);
        Assert.Equal(ClickTraits.LoggedIn, click.Traits);
        Assert.Equal("click-1", TextOf(_batch, click.IdText));
        Assert.Equal("/ads/click/eu1", TextOf(_batch, click.SourceText));
        Assert.Equal("Mozilla/5.0 (X11)", TextOf(_batch, click.UserAgentText));
        Assert.Equal("192.0.2.7", TextOf(_batch, click.AddressText));
        Assert.Equal("c1", TextOf(_batch, click.CampaignText));
        Assert.Equal("v1", TextOf(_batch, click.AdvertiserText));
    }

    [Fact]
    public void Fields_come_in_any_order_even_data_before_its_type()
    {
        var expected = Accept(Click());
        _batch.Clear();
        var turned = $$"""
             { "data" : {{Data}} , "time":"2026-01-01T13:00:00+01:00", "source":"/ads/click/eu1","type":"guard.ad.click.v1","id":"click-1","specversion":"1.0" }
            """;
        var actual = Accept(turned);
        Assert.Equal(Bare(expected), Bare(actual));
        Assert.Equal("c1", TextOf(_batch, actual.CampaignText));
    }

    [Fact]
    public void Escaped_names_and_texts_are_unescaped()
    {
        var click = Accept(Click("click\\u002d1", data: """{"us\u0065rId":"\u00e4\ud83d\ude00\"\\","campaignId":"\u0063\u0031"}"""));
        Assert.Equal("click-1", TextOf(_batch, click.IdText));
        Assert.Equal(Hash.Of(HashKind.User, "ä😀\"\\"u8), click.User);
        Assert.Equal("c1", TextOf(_batch, click.CampaignText));
    }

    [Fact]
    public void Unknown_fields_of_any_shape_are_skipped()
    {
        var nested = """{"x":[1,{"id":"other","data":{}}],"x":2,"userId":"opaque"}""";
        var click = Accept(Click(data: nested).Replace("\"partitionkey\":\"k\"", "\"extra\":{\"type\":[null,1e5]}", StringComparison.Ordinal));
        Assert.Equal(Hash.Of(HashKind.User, "opaque"u8), click.User);
        Assert.Equal("click-1", TextOf(_batch, click.IdText));
    }

    [Fact]
    public void Null_is_as_good_as_absent()
    {
        var click = Accept(Click(data: """{"userId":null,"sessionId":"s","ip":null,"userAgent":null,"loggedIn":null,"deviceType":null,"marketplace":null,"costMicros":null}"""));
        Assert.Equal(ClickTraits.Anonymous | ClickTraits.NoUserAgent, click.Traits);
        Assert.Equal(0UL, click.Entity);
        Assert.Equal(0, click.CostMicros);
    }

    [Theory]
    [InlineData("""{"userAgent":""}""")]
    [InlineData("""{}""")]
    public void A_missing_user_agent_is_marked(string agent)
    {
        var click = Accept(Click(data: agent.Replace("{", agent.Length > 2 ? "{\"userId\":\"u\"," : "{\"userId\":\"u\"", StringComparison.Ordinal)));
        Assert.Equal(ClickTraits.NoUserAgent, click.Traits);
        Assert.Equal(0UL, click.UserAgent);
        Assert.True(click.UserAgentText.IsEmpty);
    }

    [Fact]
    public void Who_has_no_user_id_is_known_by_the_session_and_not_taken_for_a_user_of_that_name()
    {
        var anonymous = Accept(Click("1", data: """{"sessionId":"same"}"""));
        var user = Accept(Click("2", data: """{"userId":"same"}"""));
        Assert.Equal(Hash.Of(HashKind.UserOfSession, "same"u8), anonymous.User);
        Assert.NotEqual(user.User, anonymous.User);
        Assert.NotEqual(anonymous.Session, anonymous.User);
        Assert.Equal(ClickTraits.Anonymous, anonymous.Traits & ClickTraits.Anonymous);
        Assert.Equal(ClickTraits.None, user.Traits & ClickTraits.Anonymous);
    }

    [Fact]
    public void Who_has_no_session_either_is_known_by_entity_and_user_agent()
    {
        var first = Accept(Click("1", data: """{"ip":"2001:db8::1","userAgent":"a"}"""));
        var sameHouse = Accept(Click("2", data: """{"ip":"2001:db8::2","userAgent":"a"}"""));
        var otherBrowser = Accept(Click("3", data: """{"ip":"2001:db8::1","userAgent":"b"}"""));
        var otherHouse = Accept(Click("4", data: """{"ip":"192.0.2.1","userAgent":"a"}"""));
        Assert.Equal(first.User, sameHouse.User);
        Assert.Equal(3, new[] { first.User, otherBrowser.User, otherHouse.User }.Distinct().Count());
    }

    [Theory]
    [InlineData("desktop", DeviceType.Desktop)]
    [InlineData("Mobile", DeviceType.Mobile)]
    [InlineData("TABLET", DeviceType.Tablet)]
    [InlineData("tv", DeviceType.Tv)]
    [InlineData("toaster", DeviceType.Unknown)]
    [InlineData("", DeviceType.Unknown)]
    public void Device_names_of_either_case_are_known_and_others_are_unknown(string name, DeviceType expected) =>
        Assert.Equal(expected, Accept(Click(data: $$"""{"userId":"u","deviceType":"{{name}}"}""")).Device);

    [Fact]
    public void A_purchase_names_its_click_by_the_same_hash()
    {
        var click = Accept(Click("click-9"));
        Assert.Equal(default, Decode(Purchase("""{"clickId":"click-9","orderId":"o","valueMicros":5}""")));
        Assert.Equal(new Purchase(Noon, click.Id, 0, Hash.Of(HashKind.Order, "o"u8), 5), _batch.Purchases[0]);
    }

    [Fact]
    public void A_purchase_may_name_its_user_alone()
    {
        Assert.Equal(default, Decode(Purchase("""{"userId":"opaque","orderId":"o","valueMicros":0}""")));
        Assert.Equal(Accept(Click()).User, _batch.Purchases[0].User);
        Assert.Equal(0UL, _batch.Purchases[0].Click);
    }

    [Fact]
    public void A_missing_telemetry_value_is_not_a_number()
    {
        Assert.Equal(default, Decode(Telemetry("""{"stream":"cpu","values":[1.5,null,-2e3]}""")));
        var point = Assert.Single(_batch.Telemetry);
        Assert.Equal(("cpu", Noon), (point.Stream, point.Time));
        Assert.Equal([1.5, double.NaN, -2000], point.Values);
    }

    [Fact]
    public void The_clock_that_counts_is_the_recorded_time_where_there_is_one()
    {
        var recorded = Click().Replace("\"partitionkey\":\"k\"", "\"recordedtime\":\"2026-01-01T11:54:59Z\"", StringComparison.Ordinal);
        Assert.Equal(new(RejectReason.FutureTime, "time"), Decode(recorded));
        Assert.Equal(default, Decode(recorded.Replace("11:54:59", "11:55:00", StringComparison.Ordinal)));
        Assert.Equal(new(RejectReason.FutureTime, "time"), _decoder.Decode(Utf8(Click()), Noon - 300_001, _batch, 1));
        Assert.Equal(default, _decoder.Decode(Utf8(Click()), Noon - 300_000, _batch, 1));
    }

    [Fact]
    public void A_producer_cannot_vouch_for_the_future_by_its_own_recorded_time()
    {
        var ahead = Click(time: Noon + 3_600_000).Replace("\"partitionkey\":\"k\"", "\"recordedtime\":\"2026-01-01T13:00:00Z\"", StringComparison.Ordinal);
        Assert.Equal(new(RejectReason.FutureTime, "recordedtime"), _decoder.Decode(Utf8(ahead), Noon, _batch, 1));
        Assert.Equal(default, _decoder.Decode(Utf8(ahead), EventDecoder.NoClock, _batch, 1));
    }

    [Fact]
    public void A_valid_event_allocates_nothing_in_the_steady_state()
    {
        var json = Utf8(Click("cl\\u0069ck"));
        void Decode()
        {
            for (var i = 0; i < 100; i++)
            {
                _batch.Clear();
                _decoder.Decode(json, Noon, _batch, i);
            }
        }

        Decode();
        Assert.Equal(0, Allocation.Least(_ => Decode()));
    }

    private static Click Bare(Click click) => click with
    {
        IdText = default,
        SourceText = default,
        UserAgentText = default,
        AddressText = default,
        CampaignText = default,
        AdvertiserText = default,
    };

    private Rejection Decode(string json) => _decoder.Decode(Encoding.UTF8.GetBytes(json), EventDecoder.NoClock, _batch, 7);

    private Click Accept(string json)
    {
        Assert.Equal(default, Decode(json));
        return _batch.Clicks[^1];
    }
}
