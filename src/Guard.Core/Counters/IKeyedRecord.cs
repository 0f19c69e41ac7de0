namespace Guard.Core.Counters;

/// <summary>What a table of records must know of one.</summary>
internal interface IKeyedRecord
{
    /// <summary>The lengths in bytes of the fields, in order, those of distinct values apart: the columns of a saved block.</summary>
    static abstract ReadOnlySpan<int> Columns { get; }

    /// <summary>The key.</summary>
    ulong Key { get; set; }

    /// <summary>The greatest event time that the record counted, in Unix milliseconds.</summary>
    long Newest { get; }
}
