namespace Guard.Pictures;

/// <summary>How an axis maps values and writes its ticks.</summary>
public enum AxisKind
{
    /// <summary>Plain numbers, thousands as k, millions as M.</summary>
    Number,

    /// <summary>Shares in [0, 1], written as percentages.</summary>
    Share,

    /// <summary>Positive numbers on a logarithmic scale.</summary>
    Logarithm,

    /// <summary>Unix milliseconds, written in UTC.</summary>
    Time,
}
