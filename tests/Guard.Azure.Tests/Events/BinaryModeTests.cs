using System.Text.Json;
using Guard.Azure.Events;
using Guard.Core.Clicks;
using static Guard.Azure.Tests.Events.Messages;

namespace Guard.Azure.Tests.Events;

public sealed class BinaryModeTests
{
    [Theory]
    [InlineData("cloudEvents:")]
    [InlineData("cloudEvents_")]
    public void A_binary_event_is_the_same_click_as_the_structured_one(string prefix)
    {
        var binary = Take(Message(ClickData, "application/json; charset=utf-8", ClickAttributes(prefix)));
        var structured = Take(Message(ClickEvent));

        Assert.Empty(binary.Rejected);
        Assert.Equal(structured.Batch.Clicks.ToArray(), binary.Batch.Clicks.ToArray());
    }

    [Fact]
    public void A_missing_content_type_means_JSON() => Assert.Equal(1, Take(Message(ClickData, null, ClickAttributes())).Batch.Clicks.Length);

    [Theory]
    [MemberData(nameof(Times))]
    public void A_time_comes_as_text_or_as_an_AMQP_timestamp(object time)
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents:time"] = time;

        Assert.Equal(1_767_268_800_123, Take(Message(ClickData, null, attributes)).Batch.Clicks[0].Time);
    }

    public static TheoryData<object> Times => new((object[])[
        "2026-01-01T12:00:00.123Z",
        new DateTime(2026, 1, 1, 12, 0, 0, 123, DateTimeKind.Utc),
        new DateTime(2026, 1, 1, 12, 0, 0, 123, DateTimeKind.Unspecified),
        new DateTimeOffset(2026, 1, 1, 14, 0, 0, 123, TimeSpan.FromHours(2))]);

    [Fact]
    public void Every_type_of_an_attribute_has_its_form_in_JSON()
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents:flag"] = true;
        attributes["cloudEvents:number"] = 7L;
        attributes["cloudEvents:address"] = new Uri("/relative?x=1", UriKind.Relative);
        attributes["cloudEvents:bytes"] = new byte[] { 1, 2, 3 };
        attributes["cloudEvents:quoted"] = "a\"b\\c\u0001";
        attributes["cloudEvents:nothing"] = null;

        var root = JsonDocument.Parse(Map(Message(ClickData, "application/json", attributes)).Single().Bytes).RootElement;

        Assert.True(root.GetProperty("flag").GetBoolean());
        Assert.Equal(7, root.GetProperty("number").GetInt64());
        Assert.Equal("/relative?x=1", root.GetProperty("address").GetString());
        Assert.Equal("AQID", root.GetProperty("bytes").GetString());
        Assert.Equal("a\"b\\c\u0001", root.GetProperty("quoted").GetString());
        Assert.Equal("application/json", root.GetProperty("datacontenttype").GetString());
        Assert.False(root.TryGetProperty("nothing", out _));
    }

    [Fact]
    public void The_hubs_partition_key_stands_in_for_the_attribute_where_that_is_absent()
    {
        var attributes = ClickAttributes();
        var message = Message(ClickData, null, attributes) with { PartitionKey = "from-hub" };
        Assert.Equal("from-hub", PartitionKeyOf(message));

        attributes["cloudEvents:partitionkey"] = "from-attribute";
        Assert.Equal("from-attribute", PartitionKeyOf(message));
    }

    [Fact]
    public void An_attribute_cannot_stand_in_for_the_data()
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents:data"] = "{}";

        Assert.Equal(1, Take(Message(ClickData, null, attributes)).Batch.Clicks.Length);
    }

    [Fact]
    public void An_attribute_under_both_prefixes_is_rejected()
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents_id"] = "c-2";

        Rejected(Message(ClickData, null, attributes), RejectReason.DuplicateField, "id");
    }

    [Fact]
    public void What_the_binding_knows_no_form_for_is_rejected()
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents:weight"] = 0.5;

        Rejected(Message(ClickData, null, attributes), RejectReason.WrongType, "weight");
    }

    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_rejected()
    {
        var attributes = ClickAttributes();
        attributes["cloudEvents:id"] = "c-\ud800";

        Rejected(Message(ClickData, null, attributes), RejectReason.InvalidText, "id");
    }

    [Theory]
    [InlineData("", RejectReason.MissingField)]
    [InlineData("{\"userId\":", RejectReason.Malformed)]
    [InlineData("{},\"id\":\"other\"", RejectReason.Malformed)]
    [InlineData("[]", RejectReason.WrongType)]
    public void A_body_that_is_not_the_data_of_an_event_is_rejected(string body, RejectReason reason) => Rejected(Message(body, null, ClickAttributes()), reason, "data");

    [Fact]
    public void A_body_in_another_format_is_rejected() => Rejected(Message("u=1", "application/x-www-form-urlencoded", ClickAttributes()), RejectReason.WrongType, "datacontenttype");

    [Fact]
    public void A_body_longer_than_an_event_is_rejected_unread() =>
        Rejected(Message(new byte[EventLimits.EventBytes + 1], null, ClickAttributes()), RejectReason.EventTooLong, "event");

    [Theory]
    [InlineData("specversion")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("time")]
    public void A_missing_attribute_is_named(string name)
    {
        var attributes = ClickAttributes();
        attributes.Remove("cloudEvents:" + name);

        Rejected(Message(ClickData, null, attributes), RejectReason.MissingField, name);
    }

    private static string? PartitionKeyOf(HubMessage message) =>
        JsonDocument.Parse(Map(message).Single().Bytes).RootElement.GetProperty("partitionkey").GetString();

    private static void Rejected(HubMessage message, RejectReason reason, string detail)
    {
        var seen = Take(message);
        var rejection = Assert.Single(seen.Rejected).Rejection;
        Assert.Equal(reason, rejection.Reason);
        Assert.StartsWith(detail, rejection.Detail, StringComparison.Ordinal);
        Assert.Equal(0, seen.Batch.Clicks.Length);
    }
}
