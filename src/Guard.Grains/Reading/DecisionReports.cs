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
    private long _decided = -1;
    private long _told = -1;

    /// <summary>Begins with what a partition decided before.</summary>
    public void Begin(int partition, long decided)
    {
        (_partition, _decided) = (partition, decided);
        Send();
    }

    /// <summary>Adds a durable segment.</summary>
    public void Add(SegmentMark mark)
    {
        _decided = mark.LastMessage;
        if (_marks.Count < MostKept)
        {
            _marks.Add(mark);
        }

        Send();
    }

    /// <summary>Tells what is not told yet, where no call is under way. A call that fails is made again by the next one who sends.</summary>
    public void Send()
    {
        if (_sending.IsCompleted && _told < _decided)
        {
            _sending = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        while (_told < _decided)
        {
            var report = new DecidedReport(_partition, _decided, [.. _marks]);
            try
            {
                await grains.GetGrain<IDecisionIndexGrain>(0).NumberAsync(report);
            }
            catch (Exception)
            {
                return;
            }

            _told = report.Decided;
            _marks.RemoveRange(0, report.Segments.Count);
        }
    }
}
