using System.Globalization;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Engine.Intake;

/// <summary>
/// Reads the lines of a web server's access log in the combined format (Apache's and nginx's default) as clicks: an
/// address, a time and a user agent each, so that a site's own log can be put to the lists.
/// </summary>
/// <remarks>
/// A line has no click id, user, session or device: its id is its line number, and address and user agent together stand
/// in for the user. Lines stand in the order in which requests ended, so a line may be up to its request's length late.
/// </remarks>
public sealed class AccessLogSource : IEventSource, IDisposable
{
    private const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss zzz";
    private readonly string _path;
    private readonly KeyedHash _hash;
    private readonly IQuarantine _quarantine;
    private readonly long _allowance;
    private Stream? _stream;
    private EventSplitter? _splitter;
    private InputException? _failure;
    private long _watermark = long.MinValue;
    private bool _ended;

    /// <summary>Initialises the source.</summary>
    /// <param name="path">The log, plain or gzip.</param>
    /// <param name="hash">Hashes identities.</param>
    /// <param name="quarantine">Where lines go that are not of the format.</param>
    /// <param name="options">How late a line may be; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InputException">The file does not exist.</exception>
    public AccessLogSource(string path, KeyedHash hash, IQuarantine quarantine, IntakeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(quarantine);
        InputFile.Require(path);
        options ??= new IntakeOptions();
        options.Validate();
        (_path, _hash, _quarantine, _allowance) = (path, hash, quarantine, (long)options.LateAllowance.TotalMilliseconds);
    }

    /// <summary>Gets what was counted so far.</summary>
    public IntakeCounts Counts { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="InputException">The file is binary, damaged or empty. The lines before the damage were delivered.</exception>
    public async ValueTask<bool> ReadAsync(EventBatch batch, int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        batch.Clear();
        if (_splitter is null)
        {
            _stream = await InputFile.TextAsync(InputFile.Open(_path), _path, cancellationToken);
            _splitter = new EventSplitter(_stream, _path, Splitting.Lines);
        }

        var count = 0;
        while (count < maximum)
        {
            if (_splitter.TryNext(out var line))
            {
                count += Take(line, batch) ? 1 : 0;
            }
            else if (_ended || !await FillAsync(cancellationToken))
            {
                break;
            }
        }

        if (count == 0 && Counts.Clicks + Counts.Rejected == 0)
        {
            throw _failure ?? new InputException(_path, null, "holds no line", "give an access log in the combined format");
        }

        return count > 0 || _failure is null ? count > 0 : throw _failure;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ended = !await _splitter!.FillAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            _failure = new InputException(_path, _splitter!.Line, "the file is damaged or cut short here", "fetch or pack it again; the lines before were read", exception);
            _ended = true;
        }

        return !_ended;
    }

    private bool Take(in RawEvent line, EventBatch batch)
    {
        var rejection = line.Rejection;
        if (!rejection.IsRejected)
        {
            rejection = Read(line.Bytes.TrimEnd((byte)'\r'), line.Position.Line, batch);
        }

        if (!rejection.IsRejected)
        {
            Counts.Clicks++;
            return true;
        }

        Counts.AddRejection(rejection.Reason);
        _quarantine.Add(new RejectedEvent { Rejection = rejection, Position = line.Position, Raw = line.Bytes[..Math.Min(line.Bytes.Length, 4096)], Length = line.Length });
        return false;
    }

    // 203.0.113.7 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326 "http://referer/" "user agent"
    private Rejection Read(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var space = line.IndexOf((byte)' ');
        var open = line.IndexOf(" ["u8);
        var close = line.IndexOf("] \""u8);
        if (space <= 0 || open < space || close < open || !line.EndsWith("\""u8) || line[..^1].LastIndexOf(" \""u8) is var last && last <= close)
        {
            return new Rejection(RejectReason.Malformed, "line");
        }

        if (!NetworkAddress.TryParse(line[..space], out var address))
        {
            return new Rejection(RejectReason.InvalidAddress, "address");
        }

        if (!DateTimeOffset.TryParseExact(Encoding.Latin1.GetString(line[(open + 2)..close]), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new Rejection(RejectReason.InvalidTime, "time");
        }

        if (time.ToUnixTimeMilliseconds() is var milliseconds && (milliseconds < EventLimits.Earliest || milliseconds >= EventLimits.End))
        {
            return new Rejection(RejectReason.OutOfRange, "time");
        }

        var userAgent = line[(last + 2)..^1];
        if (userAgent.Length > EventLimits.UserAgent)
        {
            return new Rejection(RejectReason.FieldTooLong, "user agent");
        }

        Add(batch, number, address, milliseconds, line[..space], userAgent is [(byte)'-'] ? default : userAgent);
        return default;
    }

    private void Add(EventBatch batch, long number, UInt128 address, long time, ReadOnlySpan<byte> addressText, ReadOnlySpan<byte> userAgent)
    {
        Span<byte> text = stackalloc byte[32];
        System.Text.Unicode.Utf8.TryWrite(text, $"line-{number}", out var length);
        var entity = _hash.OfEntity(address);
        var agent = _hash.Of(HashKind.UserAgent, userAgent);
        batch.Add(new Click
        {
            Sequence = Counts.Clicks + 1,
            Time = time,
            Id = _hash.Of(HashKind.Click, text[..length]),
            IdText = batch.AddText(text[..length]),
            SourceText = batch.AddText("access-log"u8),
            User = _hash.Of(HashKind.UserOfAddress, entity, agent),
            Entity = entity,
            UserAgent = agent,
            AddressText = batch.AddText(addressText),
            UserAgentText = batch.AddText(userAgent),
            Traits = ClickTraits.Anonymous | (agent == 0 ? ClickTraits.NoUserAgent : ClickTraits.None) | Lateness(time),
        });
    }

    private ClickTraits Lateness(long time)
    {
        _watermark = Math.Max(_watermark, time);
        if (time == _watermark)
        {
            return ClickTraits.None;
        }

        if (_watermark - time <= _allowance)
        {
            Counts.Late++;
            return ClickTraits.Late;
        }

        Counts.TooLate++;
        return ClickTraits.TooLate;
    }
}
