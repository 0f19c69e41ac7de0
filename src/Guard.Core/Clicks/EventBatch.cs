using System.Runtime.InteropServices;

namespace Guard.Core.Clicks;

/// <summary>
/// Events of one partition in arrival order, reused from batch to batch so that a click in the steady state allocates
/// nothing: clicks are structs, and their texts share one buffer. Not safe for concurrent writers.
/// </summary>
public sealed class EventBatch
{
    private readonly List<Click> _clicks = [];
    private readonly List<Purchase> _purchases = [];
    private readonly List<TelemetryPoint> _telemetry = [];
    private byte[] _text = [];
    private int _textLength;

    /// <summary>Gets or sets the partition that the events belong to.</summary>
    public int Partition { get; set; }

    /// <summary>Gets the clicks, in order. The span is valid until the next change of the batch.</summary>
    public Span<Click> Clicks => CollectionsMarshal.AsSpan(_clicks);

    /// <summary>Gets the purchases, in order. The span is valid until the next change of the batch.</summary>
    public ReadOnlySpan<Purchase> Purchases => CollectionsMarshal.AsSpan(_purchases);

    /// <summary>Gets the telemetry readings, in order.</summary>
    public IReadOnlyList<TelemetryPoint> Telemetry => _telemetry;

    /// <summary>Gets the UTF-8 text at a range of this batch's buffer.</summary>
    public ReadOnlySpan<byte> Text(TextRange range) => _text.AsSpan(range.Offset, range.Length);

    /// <summary>Copies UTF-8 text into the batch's buffer.</summary>
    public TextRange AddText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return default;
        }

        return new TextRange(AppendText(utf8), utf8.Length);
    }

    /// <summary>Appends a click whose text ranges lie in this batch.</summary>
    public void Add(in Click click) => _clicks.Add(click);

    /// <summary>Appends a click of another batch with its texts.</summary>
    /// <param name="click">The click.</param>
    /// <param name="source">The batch that holds its texts.</param>
    /// <param name="sequence">The click's number in its partition.</param>
    /// <param name="lateness">Nothing, <see cref="ClickTraits.Late"/> or <see cref="ClickTraits.TooLate"/>.</param>
    public void Append(in Click click, EventBatch source, long sequence, ClickTraits lateness)
    {
        ArgumentNullException.ThrowIfNull(source);
        var copy = click;
        copy.Sequence = sequence;
        copy.Traits |= lateness;

        // A click's texts lie side by side: one copy takes them all.
        var (start, end) = (int.MaxValue, 0);
        Widen(click.IdText, ref start, ref end);
        Widen(click.SourceText, ref start, ref end);
        Widen(click.UserAgentText, ref start, ref end);
        Widen(click.AddressText, ref start, ref end);
        Widen(click.CampaignText, ref start, ref end);
        Widen(click.AdvertiserText, ref start, ref end);
        if (end > 0)
        {
            var shift = AppendText(source._text.AsSpan(start, end - start)) - start;
            copy.IdText = Moved(click.IdText, shift);
            copy.SourceText = Moved(click.SourceText, shift);
            copy.UserAgentText = Moved(click.UserAgentText, shift);
            copy.AddressText = Moved(click.AddressText, shift);
            copy.CampaignText = Moved(click.CampaignText, shift);
            copy.AdvertiserText = Moved(click.AdvertiserText, shift);
        }

        _clicks.Add(copy);
    }

    /// <summary>Appends a purchase.</summary>
    public void Add(in Purchase purchase) => _purchases.Add(purchase);

    /// <summary>Appends a telemetry reading.</summary>
    public void Add(TelemetryPoint point) => _telemetry.Add(point);

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        _clicks.Clear();
        _purchases.Clear();
        _telemetry.Clear();
        _textLength = 0;
    }

    private static void Widen(TextRange range, ref int start, ref int end)
    {
        if (!range.IsEmpty)
        {
            start = Math.Min(start, range.Offset);
            end = Math.Max(end, range.Offset + range.Length);
        }
    }

    private static TextRange Moved(TextRange range, int shift) => range.IsEmpty ? default : new TextRange(range.Offset + shift, range.Length);

    private int AppendText(ReadOnlySpan<byte> utf8)
    {
        if (_text.Length - _textLength < utf8.Length)
        {
            Array.Resize(ref _text, Math.Max(_textLength + utf8.Length, Math.Max(4096, _text.Length * 2)));
        }

        utf8.CopyTo(_text.AsSpan(_textLength));
        _textLength += utf8.Length;
        return _textLength - utf8.Length;
    }
}
