using System.Buffers;
using Guard.Cli.Api;

namespace Guard.Cli.Simulate;

/// <summary>
/// Sends simulated events to a Guard when they are due, in their order: one body is under way while the next fills.
/// </summary>
/// <param name="sender">Sends the bodies.</param>
/// <param name="start">When the stream begins, in Unix milliseconds; what lies before it is sent at once.</param>
/// <param name="speed">How fast the stream's time goes by.</param>
/// <param name="time">The clock that paces.</param>
internal sealed class LiveStream(EventSender sender, long start, StreamSpeed speed, TimeProvider time)
{
    private const int BodyEvents = 2_000;
    private const int BodyBytes = 2 << 20;

    /// <summary>The most event time in a body: half of what a Guard remembers ids for at least, so that sending it again doubles nothing.</summary>
    private static readonly TimeSpan s_bodySpan = TimeSpan.FromMinutes(30);

    /// <summary>The least time between two bodies of a paced stream: short beside what a person sees as at once.</summary>
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(100);

    private ArrayBufferWriter<byte> _body = new(BodyBytes);
    private ArrayBufferWriter<byte> _spare = new(BodyBytes);
    private Task _underWay = Task.CompletedTask;
    private long? _began;
    private long _flushed;
    private long _moment;
    private long _bodyFrom;
    private int _count;

    /// <summary>Gets how far the stream has come.</summary>
    public StreamTally Tally { get; private set; }

    /// <summary>Sends a stream.</summary>
    /// <param name="lines">The events in the order of their arrival, without newlines.</param>
    /// <param name="skip">How many of them were sent before.</param>
    /// <param name="progress">Is told after each body.</param>
    /// <param name="cancellation">Ends the stream; what was under way may have been taken in.</param>
    public async Task RunAsync(IEnumerable<ReadOnlyMemory<byte>> lines, long skip, IProgress<StreamTally> progress, CancellationToken cancellation)
    {
        (_moment, Tally) = (start, new StreamTally(0, default, start));
        try
        {
            await SendAllAsync(lines, skip, progress, cancellation);
        }
        finally
        {
            // The tally holds whatever became of the last body.
            await _underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAllAsync(IEnumerable<ReadOnlyMemory<byte>> lines, long skip, IProgress<StreamTally> progress, CancellationToken cancellation)
    {
        foreach (var line in lines)
        {
            if (Tally.Events < skip)
            {
                Tally = Tally with { Events = Tally.Events + 1 };
                continue;
            }

            if (EventLine.TryRecorded(line.Span, out var recorded) && recorded > _moment)
            {
                _moment = recorded;
            }

            await WaitUntilDueAsync(progress, cancellation);
            if (_count == BodyEvents || (_count > 0 && (_body.WrittenCount + line.Length >= BodyBytes || _moment - _bodyFrom > s_bodySpan.TotalMilliseconds)))
            {
                await FlushAsync(progress, cancellation);
            }

            _bodyFrom = _count == 0 ? _moment : _bodyFrom;

            _body.Write(line.Span);
            _body.Write("\n"u8);
            _count++;
        }

        await FlushAsync(progress, cancellation);
        await _underWay;
    }

    private async Task WaitUntilDueAsync(IProgress<StreamTally> progress, CancellationToken cancellation)
    {
        if (_moment <= start || double.IsInfinity(speed.Factor))
        {
            return;
        }

        // The first event of the stream's own time is due now, even where earlier ones were skipped.
        _began ??= time.GetTimestamp() - (long)((_moment - start) / 1000.0 / speed.Factor * time.TimestampFrequency);
        var due = TimeSpan.FromSeconds((_moment - start) / 1000.0 / speed.Factor) - time.GetElapsedTime(_began.Value);
        if (due > TimeSpan.Zero)
        {
            await FlushAsync(progress, cancellation);
            var beat = s_beat - time.GetElapsedTime(_flushed);
            await Task.Delay(due > beat ? due : beat, time, cancellation);
        }
    }

    private async Task FlushAsync(IProgress<StreamTally> progress, CancellationToken cancellation)
    {
        await _underWay;
        if (_count > 0)
        {
            _underWay = SendAsync(_body.WrittenMemory, _count, _moment, progress, cancellation);
            (_body, _spare, _count) = (_spare, _body, 0);
            _body.ResetWrittenCount();
            _flushed = time.GetTimestamp();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> body, int count, long moment, IProgress<StreamTally> progress, CancellationToken cancellation)
    {
        var receipt = await sender.SendAsync(body, cancellation);
        Tally = new StreamTally(Tally.Events + count, Tally.Receipts + receipt, moment);
        progress.Report(Tally);
    }
}
