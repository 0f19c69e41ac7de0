namespace Guard.Core.Clicks;

/// <summary>How an input is split into events.</summary>
public enum Splitting
{
    /// <summary>By what the first character turns out to be.</summary>
    Undecided,

    /// <summary>One event a line.</summary>
    Lines,

    /// <summary>The elements of a JSON array.</summary>
    Array,
}
