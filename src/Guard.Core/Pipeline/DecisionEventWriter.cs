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
    /// <summary>Where the milliseconds of <c>2026-01-01T00:00:00.0000000Z</c> end.</summary>
    private const int MillisecondsEnd = 23;

    private static readonly byte[] s_sourcePrefix = "/guard/decisions"u8.ToArray();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = DecisionFields.Encoder, SkipValidation = true });
    private readonly ArrayBufferWriter<byte> _texts = new();
    private readonly EncodedTexts _encoded = new();
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
        _json.WriteString(DecisionFields.SpecVersion, "1.0"u8);
        _json.WriteString(DecisionFields.Id, entry.Id);
        _json.WriteString(DecisionFields.Source, SourceOf(entry.Source));
        _json.WriteString(DecisionFields.Type, DecisionFields.Decision);
        WriteTime(entry.Time);
        _json.WriteString(DecisionFields.DataContentType, DecisionFields.Json);
        WriteNumber(entry.Number);
        _json.WriteStartObject(DecisionFields.Data);
        _json.WriteString(DecisionFields.ClickId, entry.Id);
        _json.WriteString(DecisionFields.Verdict, decision.Verdict == Verdict.Valid ? "valid"u8 : "invalid"u8);
        if (decision.Verdict != Verdict.Valid)
        {
            _json.WriteString(DecisionFields.Category, decision.Verdict == Verdict.GeneralInvalid ? "GIVT"u8 : "SIVT"u8);
        }

        _json.WriteString(DecisionFields.DecidedBy, StageName(decision.Stage));
        _json.WriteNumber(DecisionFields.Score, decision.Score);
        _json.WriteString(DecisionFields.Slice, _encoded.Of(decision.Slice));
        WriteThreshold(decision.Threshold);
        _json.WriteString(DecisionFields.ThresholdSlice, _encoded.Of(decision.ThresholdSlice));
        _json.WriteString(DecisionFields.Model, _encoded.Model(entry.Model));
        _json.WriteString(DecisionFields.Thresholds, _encoded.Thresholds(entry.Thresholds));
        if ((entry.Traits & (ClickTraits.Late | ClickTraits.TooLate)) != ClickTraits.None)
        {
            _json.WriteString(DecisionFields.Late, (entry.Traits & ClickTraits.TooLate) != ClickTraits.None ? "uncounted"u8 : "counted"u8);
        }

        _json.WriteNumber(DecisionFields.CostMicros, entry.CostMicros);
        WriteText(DecisionFields.CampaignId, entry.Campaign);
        WriteText(DecisionFields.AdvertiserId, entry.Advertiser);
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
        _json.WriteStartArray(DecisionFields.Reasons);
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
                    WriteFeatureReason(reasons[index], _encoded.Of(entry.Features, reasons[index].Feature));
                }

                break;
        }

        _json.WriteEndArray();
    }

    private void WriteListReason(ReadOnlySpan<byte> code, int entry, string text)
    {
        _json.WriteStartObject();
        _json.WriteString(DecisionFields.Code, code);
        _json.WriteNumber(DecisionFields.Entry, entry + 1);
        _json.WriteString(DecisionFields.Text, text);
        _json.WriteEndObject();
    }

    private void WriteFeatureReason(Reason reason, (JsonEncodedText Name, JsonEncodedText Description) feature)
    {
        _json.WriteStartObject();
        _json.WriteString(DecisionFields.Code, feature.Name);
        _json.WriteNumber(DecisionFields.Value, reason.Value);
        _json.WriteNumber(DecisionFields.Contribution, reason.Contribution);
        _json.WriteString(DecisionFields.Text, feature.Description);
        _json.WriteEndObject();
    }

    // A threshold that no score reaches is infinite, which JSON cannot write.
    private void WriteThreshold(float threshold)
    {
        if (float.IsFinite(threshold))
        {
            _json.WriteNumber(DecisionFields.Threshold, threshold);
        }
        else
        {
            _json.WriteNull(DecisionFields.Threshold);
        }
    }

    private void WriteText(JsonEncodedText name, ReadOnlySpan<byte> text)
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
            _json.WriteString(DecisionFields.DecisionNumber, text[..length]);
        }
    }

    private void WriteTime(long time)
    {
        Span<byte> text = stackalloc byte[32];
        // The round-trip format, which the framework writes without reading a pattern, cut from ticks to milliseconds.
        DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[MillisecondsEnd] = (byte)'Z';
        _json.WriteString(DecisionFields.Time, text[..(MillisecondsEnd + 1)]);
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
