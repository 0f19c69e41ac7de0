namespace Guard.Grains.Reading;

/// <summary>What a scan found, and how far it came.</summary>
internal sealed class ScanResult
{
    /// <summary>Gets the rows, in the order of the scan.</summary>
    public List<(NumberedSegment Segment, int Row)> Found { get; } = [];

    /// <summary>Gets or sets the number at which the scan stands.</summary>
    public long Next { get; set; }

    /// <summary>Gets how many decisions are no longer kept.</summary>
    public long Missed { get; private set; }

    /// <summary>Gets how many decisions were looked at.</summary>
    public int LookedAt { get; private set; }

    /// <summary>Looks at one decision.</summary>
    public void Look(NumberedSegment segment, int row, long number, RowFilter filter)
    {
        LookedAt++;
        Next = number;
        if (filter(segment.Rows[row]))
        {
            Found.Add((segment, row));
        }
    }

    /// <summary>Passes over decisions up to a number, which are no longer kept; one that is behind changes nothing.</summary>
    public void Miss(long until)
    {
        Missed += Math.Max(0, until - Next);
        Next = Math.Max(Next, until);
    }
}
