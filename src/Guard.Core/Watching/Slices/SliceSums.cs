namespace Guard.Core.Watching.Slices;

/// <summary>What one slice has in the sums of an interval. Plain data.</summary>
internal struct SliceSums
{
    public int Code;

    /// <summary>The counts in the interval.</summary>
    public IntervalCounts Counts;

    /// <summary>The purchasing clicks since the tallies began.</summary>
    public MaturedCounts Matured;

    /// <summary>The clicks in the day that ends with the interval; of an interval that ends an hour, else 0.</summary>
    public long DayClicks;

    public readonly bool IsEmpty => Counts.Clicks == 0 && Matured.Purchased == 0 && DayClicks == 0;

    public void Add(in SliceSums other)
    {
        Counts.Add(other.Counts);
        AddMatured(other);
        DayClicks += other.DayClicks;
    }

    public void AddMatured(in SliceSums other) =>
        Matured = new MaturedCounts(Matured.Purchased + other.Matured.Purchased, Matured.Invalid + other.Matured.Invalid);
}
