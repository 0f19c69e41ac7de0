using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Index;

/// <summary>Segments that get their numbers together.</summary>
internal sealed class NumberingStep
{
    private readonly long _numbered;
    private long _number;
    private long _ordinal;

    /// <summary>Begins a step.</summary>
    /// <param name="directory">What is numbered already.</param>
    /// <param name="next">The next message without a number, for each partition.</param>
    /// <param name="now">The time.</param>
    public NumberingStep(DecisionDirectory directory, Dictionary<int, long> next, DateTimeOffset now) =>
        (_number, _ordinal, Next, _numbered) = (directory.Last + 1, directory.NextOrdinal, new Dictionary<int, long>(next), now.ToUnixTimeMilliseconds());

    /// <summary>Gets the new entries, in order.</summary>
    public List<IndexEntry> Entries { get; } = [];

    /// <summary>Gets the next message without a number, for each partition, after the step.</summary>
    public Dictionary<int, long> Next { get; }

    public long NextOf(int partition) => Next.GetValueOrDefault(partition);

    /// <summary>Numbers a segment. One that does not begin with the partition's next message is numbered already, or was made by an owner who had lost the partition.</summary>
    public void Add(int partition, SegmentMark mark)
    {
        if (mark.FirstMessage != NextOf(partition))
        {
            return;
        }

        Entries.Add(new IndexEntry
        {
            FirstOrdinal = _ordinal,
            LastOrdinal = _ordinal,
            FirstNumber = _number,
            Count = mark.Clicks,
            Partition = partition,
            FirstMessage = mark.FirstMessage,
            LastMessage = mark.LastMessage,
            Size = mark.Size,
            Numbered = _numbered,
        });
        _ordinal++;
        _number += mark.Clicks;
        Next[partition] = mark.LastMessage + 1;
    }

    /// <summary>Goes on with a later message.</summary>
    public void Skip(int partition, long next) => Next[partition] = next;
}
