using System.Text.Encodings.Web;
using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Core.Pipeline;

/// <summary>The names, and the values that never change, of a decision as JSON, escaped once.</summary>
internal static class DecisionFields
{
    public static readonly JsonEncodedText Decision = Of(EventTypes.Decision);
    public static readonly JsonEncodedText Json = Of("application/json");
    public static readonly JsonEncodedText AdvertiserId = Of("advertiserId");
    public static readonly JsonEncodedText CampaignId = Of("campaignId");
    public static readonly JsonEncodedText Category = Of("category");
    public static readonly JsonEncodedText ClickId = Of("clickId");
    public static readonly JsonEncodedText Code = Of("code");
    public static readonly JsonEncodedText Contribution = Of("contribution");
    public static readonly JsonEncodedText CostMicros = Of("costMicros");
    public static readonly JsonEncodedText Data = Of("data");
    public static readonly JsonEncodedText DataContentType = Of("datacontenttype");
    public static readonly JsonEncodedText DecidedBy = Of("decidedBy");
    public static readonly JsonEncodedText DecisionNumber = Of("decisionnumber");
    public static readonly JsonEncodedText Entry = Of("entry");
    public static readonly JsonEncodedText Id = Of("id");
    public static readonly JsonEncodedText Late = Of("late");
    public static readonly JsonEncodedText Model = Of("model");
    public static readonly JsonEncodedText Reasons = Of("reasons");
    public static readonly JsonEncodedText Score = Of("score");
    public static readonly JsonEncodedText Slice = Of("slice");
    public static readonly JsonEncodedText Source = Of("source");
    public static readonly JsonEncodedText SpecVersion = Of("specversion");
    public static readonly JsonEncodedText Text = Of("text");
    public static readonly JsonEncodedText Threshold = Of("threshold");
    public static readonly JsonEncodedText ThresholdSlice = Of("thresholdSlice");
    public static readonly JsonEncodedText Thresholds = Of("thresholds");
    public static readonly JsonEncodedText Time = Of("time");
    public static readonly JsonEncodedText Type = Of("type");
    public static readonly JsonEncodedText Value = Of("value");
    public static readonly JsonEncodedText Verdict = Of("verdict");

    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonEncodedText Of(string text) => JsonEncodedText.Encode(text, Encoder);
}
