namespace Guard.Core.Counters;

/// <summary>What a table of records must know of one.</summary>
internal interface IKeyedRecord
{
    /// <summary>The key.</summary>
    ulong Key { get; set; }

    /// <summary>The greatest event time that the record counted, in Unix milliseconds.</summary>
    long Newest { get; }
}
