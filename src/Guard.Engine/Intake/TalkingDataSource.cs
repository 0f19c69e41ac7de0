using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Engine.Intake;

/// <summary>
/// Reads clicks in the columns of Kaggle's TalkingData AdTracking data (plain or gzip CSV, times in UTC). Ip, device and
/// system together are the user, device and system the user agent, ip the entity, and an attributed click stands for a
/// purchase that names it, at its attributed time.
/// </summary>
/// <remarks>
/// The data cover mobile devices and have no session, login, marketplace, cost, address or user agent text; app becomes
/// the advertiser, and neither app nor channel nor a raw id can become a feature. Rows have no id: a click's is its line.
/// Equal rows are different clicks. Rows need not be in time order: the file is read whole, at about 48 bytes a row, and
/// delivered by time, ties by line, with each purchase after every click that is not newer, as a live stream would have it.
/// </remarks>
public sealed class TalkingDataSource : IEventSource
{
    private readonly string _path;
    private readonly KeyedHash _hash;
    private readonly IQuarantine _quarantine;
    private TalkingDataRow[]? _clicks;
    private TalkingDataRow[] _purchases = [];
    private InputException? _failure;
    private int _nextClick;
    private int _nextPurchase;

    /// <summary>Initialises the source.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Hashes identities.</param>
    /// <param name="quarantine">Where bad rows go.</param>
    /// <exception cref="InputException">The file does not exist.</exception>
    public TalkingDataSource(string path, KeyedHash hash, IQuarantine quarantine)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(quarantine);
        InputFile.Require(path);
        (_path, _hash, _quarantine) = (path, hash, quarantine);
    }

    /// <summary>Gets what was counted; complete when the first batch was read.</summary>
    public IntakeCounts Counts { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="InputException">The file is binary, damaged, empty, or has other columns. The rows before the damage were delivered.</exception>
    public async ValueTask<bool> ReadAsync(EventBatch batch, int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        batch.Clear();
        _clicks ??= await LoadAsync(cancellationToken);
        var count = 0;
        for (; count < maximum && (_nextClick < _clicks.Length || _nextPurchase < _purchases.Length); count++)
        {
            if (_nextClick < _clicks.Length && (_nextPurchase == _purchases.Length || _clicks[_nextClick].Time <= _purchases[_nextPurchase].AttributedTime))
            {
                AddClick(batch, _clicks[_nextClick++]);
            }
            else
            {
                batch.Add(PurchaseOf(_purchases[_nextPurchase++]));
            }
        }

        return count > 0 || _failure is null ? count > 0 : throw _failure;
    }

    private async ValueTask<TalkingDataRow[]> LoadAsync(CancellationToken cancellationToken)
    {
        var rows = new List<TalkingDataRow>();
        await using var raw = InputFile.Open(_path);
        await using var text = await InputFile.TextAsync(raw, _path, cancellationToken);
        var splitter = new EventSplitter(text, _path, Splitting.Lines);
        var hasHeader = false;
        do
        {
            Take(splitter, rows, ref hasHeader);
        }
        while (await FillAsync(splitter, cancellationToken));

        if (!hasHeader)
        {
            throw _failure ?? new InputException(_path, null, "holds no row", "give a CSV file in TalkingData's columns");
        }

        var clicks = rows.ToArray();
        Array.Sort(clicks, (left, right) => (left.Time, left.Line).CompareTo((right.Time, right.Line)));
        _purchases = Array.FindAll(clicks, row => row.IsAttributed);
        Array.Sort(_purchases, (left, right) => (left.AttributedTime, left.Line).CompareTo((right.AttributedTime, right.Line)));
        (Counts.Clicks, Counts.Purchases) = (clicks.Length, _purchases.Length);
        return clicks;
    }

    private async ValueTask<bool> FillAsync(EventSplitter splitter, CancellationToken cancellationToken)
    {
        try
        {
            return await splitter.FillAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            _failure = new InputException(_path, splitter.Line, "the file is damaged or cut short here", "fetch or pack it again; the rows before were read", e);
            return false;
        }
    }

    private void Take(EventSplitter splitter, List<TalkingDataRow> rows, ref bool hasHeader)
    {
        while (splitter.TryNext(out var piece))
        {
            if (!hasHeader)
            {
                CheckHeader(piece);
                hasHeader = true;
                continue;
            }

            var rejection = piece.Rejection;
            var row = default(TalkingDataRow);
            if (!rejection.IsRejected)
            {
                rejection = TalkingDataRow.Read(piece.Bytes, checked((int)piece.Position.Line), out row);
            }

            if (rejection.IsRejected)
            {
                Counts.AddRejection(rejection.Reason);
                _quarantine.Add(new RejectedEvent { Rejection = rejection, Position = piece.Position, Raw = piece.Bytes[..Math.Min(piece.Bytes.Length, 4096)], Length = piece.Length });
            }
            else
            {
                rows.Add(row);
            }
        }
    }

    // The published sample's first name carries two stray dots.
    private void CheckHeader(in RawEvent header)
    {
        var names = Encoding.UTF8.GetString(header.Bytes).TrimStart('.').Split(',');
        if (!names.SequenceEqual(TalkingDataRow.Names, StringComparer.Ordinal))
        {
            throw new InputException(_path, header.Position.Line, "the header is not TalkingData's", $"its columns are {string.Join(',', TalkingDataRow.Names)}");
        }
    }

    private void AddClick(EventBatch batch, in TalkingDataRow row)
    {
        Span<byte> text = stackalloc byte[64];
        var id = Format(text, $"row-{row.Line}");
        var click = new Click
        {
            Sequence = _nextClick,
            Time = row.Time,
            Id = _hash.Of(HashKind.Click, id),
            IdText = batch.AddText(id),
            SourceText = batch.AddText("talkingdata"u8),
            Device = DeviceType.Mobile,
            Traits = ClickTraits.Anonymous,
            User = UserOf(row),
        };
        click.Entity = _hash.Of(HashKind.Entity, Format(text, $"{row.Ip}"));
        click.UserAgent = _hash.Of(HashKind.UserAgent, Format(text, $"{row.Device},{row.System}"));
        click.AdvertiserText = batch.AddText(Format(text, $"{row.App}"));
        batch.Add(click);
    }

    private Purchase PurchaseOf(in TalkingDataRow row)
    {
        var id = Encoding.ASCII.GetBytes($"row-{row.Line}");
        return new Purchase(row.AttributedTime, _hash.Of(HashKind.Click, id), UserOf(row), _hash.Of(HashKind.Order, id), 0);
    }

    private ulong UserOf(in TalkingDataRow row)
    {
        Span<byte> text = stackalloc byte[64];
        return _hash.Of(HashKind.User, Format(text, $"{row.Ip},{row.Device},{row.System}"));
    }

    private static ReadOnlySpan<byte> Format(Span<byte> buffer, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(buffer))] ref System.Text.Unicode.Utf8.TryWriteInterpolatedStringHandler text) =>
        System.Text.Unicode.Utf8.TryWrite(buffer, ref text, out var written) ? buffer[..written] : throw new InvalidOperationException("The buffer is too small.");
}
