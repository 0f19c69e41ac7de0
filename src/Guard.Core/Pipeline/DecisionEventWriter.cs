using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>Writes decisions as CloudEvents 1.0 JSON of type <see cref="EventTypes.Decision"/>, one object each.</summary>
/// <remarks>
/// The event's <c>id</c> is the click's, its <c>source</c> is <c>/guard/decisions</c> followed by the click's source, and its
/// <c>time</c> the click's: the same click under the same policy gives the same bytes.
/// </remarks>
public sealed class DecisionEventWriter : IDisposable
{
    private static readonly byte[] s_sourcePrefix = "/guard/decisions"u8.ToArray();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly ArrayBufferWriter<byte> _texts = new();
    private byte[] _source = new byte[256];

    /// <summary>Writes one decision of a batch.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="batch">The clicks.</param>
    /// <param name="decided">Their decisions.</param>
    /// <param name="row">Which click.</param>
    public void Write(IBufferWriter<byte> output, EventBatch batch, DecidedBatch decided, int row)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(decided);
        var policy = decided.Policy ?? throw new ArgumentException("No policy is in force.", nameof(decided));
        ref readonly var click = ref batch.Clicks[row];
        ref readonly var decision = ref decided.Decisions[row];
        var entry = new DecisionEntry
        {
            Id = batch.Text(click.IdText),
            Source = batch.Text(click.SourceText),
            Time = click.Time,
            Traits = click.Traits,
            CostMicros = click.CostMicros,
            Campaign = batch.Text(click.CampaignText),
            Advertiser = batch.Text(click.AdvertiserText),
            Model = policy.Scorer.Version,
            Thresholds = policy.Thresholds.Version,
            Features = policy.Scorer.Schema.Features,
            ListReason = policy.ListReasonOf(decision),
        };
        Write(output, entry, decision, decided.ReasonsOf(row));
    }

    /// <summary>Writes one decision that a host kept, with its number as the extension <c>decisionnumber</c>, a text as CloudEvents has no 64-bit integer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kept">The decision.</param>
    public void Write(IBufferWriter<byte> output, KeptDecision kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        _texts.ResetWrittenCount();
        var (id, source, campaign, advertiser) = (Keep(kept.ClickId), Keep(kept.Source), Keep(kept.CampaignId), Keep(kept.AdvertiserId));
        var texts = _texts.WrittenSpan;
        var entry = new DecisionEntry
        {
            Number = kept.Number,
            Id = texts[id],
            Source = texts[source],
            Time = kept.Time.ToUnixTimeMilliseconds(),
            Traits = kept.Traits,
            CostMicros = kept.CostMicros,
            Campaign = texts[campaign],
            Advertiser = texts[advertiser],
            Model = kept.Model,
            Thresholds = kept.Thresholds,
            Features = ClickFeatures.Schema.Features,
            ListReason = kept.ListReason,
        };
        Write(output, entry, kept.Decision, kept.Reasons);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Write(IBufferWriter<byte> output, in DecisionEntry entry, in Decision decision, in Reasons reasons)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("specversion"u8, "1.0"u8);
        _json.WriteString("id"u8, entry.Id);
        _json.WriteString("source"u8, SourceOf(entry.Source));
        _json.WriteString("type"u8, EventTypes.Decision);
        WriteTime(entry.Time);
        _json.WriteString("datacontenttype"u8, "application/json"u8);
        WriteNumber(entry.Number);
        _json.WriteStartObject("data"u8);
        _json.WriteString("clickId"u8, entry.Id);
        _json.WriteString("verdict"u8, decision.Verdict == Verdict.Valid ? "valid"u8 : "invalid"u8);
        if (decision.Verdict != Verdict.Valid)
        {
            _json.WriteString("category"u8, decision.Verdict == Verdict.GeneralInvalid ? "GIVT"u8 : "SIVT"u8);
        }

        _json.WriteString("decidedBy"u8, StageName(decision.Stage));
        _json.WriteNumber("score"u8, decision.Score);
        _json.WriteString("slice"u8, decision.Slice.ToString());
        WriteThreshold(decision.Threshold);
        _json.WriteString("thresholdSlice"u8, decision.ThresholdSlice.ToString());
        _json.WriteString("model"u8, entry.Model);
        _json.WriteString("thresholds"u8, entry.Thresholds);
        if ((entry.Traits & (ClickTraits.Late | ClickTraits.TooLate)) != ClickTraits.None)
        {
            _json.WriteString("late"u8, (entry.Traits & ClickTraits.TooLate) != ClickTraits.None ? "uncounted"u8 : "counted"u8);
        }

        _json.WriteNumber("costMicros"u8, entry.CostMicros);
        WriteText("campaignId"u8, entry.Campaign);
        WriteText("advertiserId"u8, entry.Advertiser);
        WriteReasons(entry, decision, reasons);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    private static ReadOnlySpan<byte> StageName(DecisionStage stage) => stage switch
    {
        DecisionStage.AllowList => "allow-list"u8,
        DecisionStage.DenyList => "deny-list"u8,
        DecisionStage.CrawlerList => "crawler-list"u8,
        _ => "model"u8,
    };

    private void WriteReasons(in DecisionEntry entry, in Decision decision, in Reasons reasons)
    {
        _json.WriteStartArray("reasons"u8);
        switch (decision.Stage)
        {
            case DecisionStage.AllowList or DecisionStage.DenyList:
                WriteListReason(StageName(decision.Stage), decision.ListEntry, entry.ListReason ?? "no reason given");
                break;
            case DecisionStage.CrawlerList:
                WriteListReason("crawler-user-agent"u8, decision.ListEntry, entry.ListReason ?? "");
                break;
            default:
                for (var index = 0; index < reasons.Count; index++)
                {
                    WriteFeatureReason(reasons[index], entry.Features[reasons[index].Feature]);
                }

                break;
        }

        _json.WriteEndArray();
    }

    private void WriteListReason(ReadOnlySpan<byte> code, int entry, string text)
    {
        _json.WriteStartObject();
        _json.WriteString("code"u8, code);
        _json.WriteNumber("entry"u8, entry + 1);
        _json.WriteString("text"u8, text);
        _json.WriteEndObject();
    }

    private void WriteFeatureReason(Reason reason, Feature feature)
    {
        _json.WriteStartObject();
        _json.WriteString("code"u8, feature.Name);
        _json.WriteNumber("value"u8, reason.Value);
        _json.WriteNumber("contribution"u8, reason.Contribution);
        _json.WriteString("text"u8, feature.Description);
        _json.WriteEndObject();
    }

    // A threshold that no score reaches is infinite, which JSON cannot write.
    private void WriteThreshold(float threshold)
    {
        if (float.IsFinite(threshold))
        {
            _json.WriteNumber("threshold"u8, threshold);
        }
        else
        {
            _json.WriteNull("threshold"u8);
        }
    }

    private void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            _json.WriteString(name, text);
        }
    }

    private void WriteNumber(long number)
    {
        if (number > 0)
        {
            Span<byte> text = stackalloc byte[20];
            number.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
            _json.WriteString("decisionnumber"u8, text[..length]);
        }
    }

    private void WriteTime(long time)
    {
        Span<byte> text = stackalloc byte[32];
        DateTimeOffset.FromUnixTimeMilliseconds(time).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _json.WriteString("time"u8, text[..length]);
    }

    private ReadOnlySpan<byte> SourceOf(ReadOnlySpan<byte> clickSource)
    {
        var length = s_sourcePrefix.Length + 1 + clickSource.Length;
        if (_source.Length < length)
        {
            _source = new byte[length * 2];
        }

        s_sourcePrefix.CopyTo(_source, 0);
        var end = s_sourcePrefix.Length;
        if (!clickSource.StartsWith("/"u8))
        {
            _source[end++] = (byte)'/';
        }

        clickSource.CopyTo(_source.AsSpan(end));
        return _source.AsSpan(0, end + clickSource.Length);
    }
    private Range Keep(string text)
    {
        var start = _texts.WrittenCount;
        Encoding.UTF8.GetBytes(text, _texts);
        return start.._texts.WrittenCount;
    }
}
