using Guard.Grains.Deciding;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading;

/// <summary>
/// Tells the index what a partition decides, beside the way of the clicks: one call at a time, with all that came since the
/// last. What is lost on the way the index finds by following the segments. Belongs to one activation.
/// </summary>
/// <param name="grains">Finds the index.</param>
internal sealed class DecisionReports(IGrainFactory grains)
{
    private const int MostKept = 1024;
    private readonly List<SegmentMark> _marks = [];
    private Task _sending = Task.CompletedTask;
    private int _partition;
    private (long Decided, long Committed) _now = (-1, -1);
    private (long Decided, long Committed) _told = (-1, -1);

    /// <summary>Begins with what a partition decided before.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="decided">The last message whose decisions are durable.</param>
    /// <param name="committed">The last message that is never replayed.</param>
    public void Begin(int partition, long decided, long committed)
    {
        (_partition, _now) = (partition, (decided, committed));
        Send();
    }

    /// <summary>Tells that messages are never replayed any more: their segments may be compacted.</summary>
    public void Commit(long committed)
    {
        _now.Committed = committed;
        Send();
    }

    /// <summary>Adds a durable segment.</summary>
    public void Add(SegmentMark mark)
    {
        _now.Decided = mark.LastMessage;
        if (_marks.Count < MostKept)
        {
            _marks.Add(mark);
        }

        Send();
    }

    /// <summary>Tells what is not told yet, where no call is under way. A call that fails is made again by the next one who sends.</summary>
    public void Send()
    {
        if (_sending.IsCompleted && _told != _now)
        {
            _sending = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        while (_told != _now)
        {
            var (now, count) = (_now, _marks.Count);
            try
            {
                await grains.GetGrain<IDecisionIndexGrain>(0).NumberAsync(new DecidedReport(_partition, now.Decided, now.Committed, [.. _marks]));
            }
            catch (Exception)
            {
                return;
            }

            _told = now;
            _marks.RemoveRange(0, count);
        }
    }
}
