using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Grains.Deciding;

namespace Guard.Grains.Ingest;

/// <summary>From messages to decisions.</summary>
internal sealed partial class IngestGrain
{
    private const int GreatestBatch = 4096;
    private const long GreatestBatchBytes = 8 << 20;

    private async Task TakeAsync(IReadOnlyList<HubMessage> given)
    {
        // Once an array, batches are parts of it.
        var messages = given as HubMessage[] ?? [.. given];
        using var wait = _waiting.Enter(messages.Length > 0 && messages[^1].SequenceNumber > _decided ? messages[0].EnqueuedTime : long.MaxValue);
        for (var index = 0; index < messages.Length;)
        {
            var first = messages[index].SequenceNumber;
            if (first <= _last)
            {
                _repeated++;
                _instruments.Repeated(1);
                index++;
                continue;
            }

            if (first > _last + 1)
            {
                await RefetchAsync(first);
            }

            var end = EndOfBatch(messages, index);
            await ProcessAsync(messages.AsMemory(index, end - index));
            index = end;
        }
    }

    // A batch has no gap, and ends where decisions do that are durable already.
    private int EndOfBatch(HubMessage[] messages, int start)
    {
        long bytes = messages[start].Body.Length;
        var end = start + 1;
        while (end < messages.Length && end - start < GreatestBatch
            && messages[end].SequenceNumber == messages[end - 1].SequenceNumber + 1 && messages[end - 1].SequenceNumber != _decided)
        {
            bytes += messages[end].Body.Length;
            if (bytes > GreatestBatchBytes)
            {
                break;
            }

            end++;
        }

        return end;
    }

    private async Task RefetchAsync(long until)
    {
        while (_last + 1 < until)
        {
            var messages = _reader is null ? [] : await _reader.ReadAsync(_partition, _last + 1, GreatestBatch, _stopping.Token);
            HubMessage[] wanted = [.. messages.SkipWhile(message => message.SequenceNumber <= _last).TakeWhile(message => message.SequenceNumber < until)];
            if (wanted.Length == 0 && until == long.MaxValue)
            {
                return;
            }

            if (messages.Count == 0 && _reader is not null)
            {
                throw new InvalidOperationException($"Partition {_partition}: the hub gave nothing from {_last + 1} on, although it delivered {until}; trying again.");
            }

            Skip(wanted.Length == 0 ? until : wanted[0].SequenceNumber);
            if (wanted.Length > 0)
            {
                _refetched += wanted.Length;
                _instruments.Refetched(wanted.Length);
                await TakeAsync(wanted);
            }
        }
    }

    // A hub that was there before Guard begins with what it still keeps: that is no loss.
    private void Skip(long next)
    {
        var missing = next - _last - 1;
        if (missing > 0 && _last >= 0)
        {
            _expired += missing;
            _instruments.Expired(missing);
            LogExpired(_partition, _last + 1, next - 1);
        }

        _last = next - 1;
    }

    private async Task ProcessAsync(ReadOnlyMemory<HubMessage> messages)
    {
        var cancellation = _stopping.Token;
        var (start, last) = (_intake.Sequence, messages.Span[^1]);
        var end = last.SequenceNumber;
        var fresh = end > _decided;
        Take(messages.Span);
        var notes = _watch.Notes(_batch, _intake.Counts, _quarantine.TakeRejections());
        _policy = await _policies.GetAsync(cancellation);
        _counters.Decided = start;
        (_writer.Range, _writer.Notes) = (fresh ? (_decided + 1, end) : null, notes);
        await _pipeline.ProcessAsync(_batch, cancellation);
        _instruments.Passed(_partition, messages.Span, fresh, _counts);
        _instruments.Lost(_counters.Lost - _lost);
        _lost = _counters.Lost;
        await Task.WhenAll(_estimators.ObserveAsync(_batch, cancellation), _watch.TellAsync(_writer.Written));
        (_last, _offset) = (end, last.Offset);
        _decided = Math.Max(_decided, end);
    }

    /// <summary>Takes a batch's decisions: those who wait are answered, and what went to quarantine is durable before its segment is.</summary>
    async ValueTask IDecisionSink.WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken)
    {
        _answers.OnDecided(batch, decided);
        if (_writer.Range is { } range)
        {
            await _quarantine.WriteAsync(_partition, range.First, range.Last, cancellationToken);
        }
        else
        {
            _quarantine.Drop();
        }

        await _writer.WriteAsync(batch, decided, cancellationToken);
        _answers.OnDurable();
        if (_writer.Written is { } written)
        {
            _counts.Add(decided.Decisions);
            _reports.Add(SegmentMark.Of(written));
        }
    }

    private void Take(ReadOnlySpan<HubMessage> messages)
    {
        _batch.Clear();
        _batch.Partition = _partition;
        foreach (var message in messages)
        {
            _events.Clear();
            _quarantine.Arrived = message.EnqueuedTime;
            var tally = TallyOf(message);
            _mapping.Map(_partition, message, _events);
            foreach (var item in _events)
            {
                var outcome = IntakeOutcome.Rejected;
                if (item.Rejection.IsRejected)
                {
                    _intake.Reject(item.Rejection, item.Position, item.Json.Span, Math.Max(item.Length, item.Json.Length));
                }
                else
                {
                    outcome = _intake.Take(item.Json.Span, item.Position, message.EnqueuedTime, _batch);
                }

                tally?.Note(item.Index, item.Position.Line, outcome, _quarantine.Last, _batch.Clicks.Length);
            }

            _watch.Took(message, _batch);
        }
    }
}
