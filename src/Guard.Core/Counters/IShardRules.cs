using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>How one kind of key counts its clicks: what is special to users, entities or user agents in a <see cref="ShardTable{TRecord,TReading,TRules}"/>.</summary>
/// <typeparam name="TRecord">What is kept of a key.</typeparam>
/// <typeparam name="TReading">What is read of it.</typeparam>
internal interface IShardRules<TRecord, TReading>
    where TRecord : unmanaged, IKeyedRecord
{
    /// <summary>The four letters by which a saved block is known.</summary>
    static abstract uint Kind { get; }

    /// <summary>What errors call the shard.</summary>
    static abstract string Name { get; }

    /// <summary>How long a key is remembered after its newest click, in milliseconds.</summary>
    static abstract long Horizon { get; }

    /// <summary>The bytes that the rules keep beside the records.</summary>
    long Bytes { get; }

    /// <summary>Gets a click's key; false where it has none.</summary>
    static abstract bool TryKey(in Click click, out ulong key);

    /// <summary>Asks for the memory that the record points to.</summary>
    void Prefetch(in TRecord record);

    /// <summary>Counts a click and reads the counters with it.</summary>
    /// <param name="record">The record; of a new key, what its slot held before.</param>
    /// <param name="isNew">Whether this is the key's first click.</param>
    /// <param name="click">The click.</param>
    /// <param name="gap">The distance from the key's newest click before, in [0, horizon]; the horizon where there is none.</param>
    /// <param name="reading">Written.</param>
    void Count(ref TRecord record, bool isNew, in Click click, long gap, ref TReading reading);

    /// <summary>Reads the counters for a click that does not count.</summary>
    void Read(ref TRecord record, in Click click, long gap, ref TReading reading);

    /// <summary>Reads the counters as of the key's newest click.</summary>
    void Read(ref TRecord record, ref TReading reading);

    /// <summary>The bytes that follow the columns of records in a saved block.</summary>
    long SavedLength(RecordChunks<TRecord> records);

    /// <summary>Writes what follows the columns of records.</summary>
    void Save(BlockWriter writer, RecordChunks<TRecord> records);

    /// <summary>Reads what follows the columns of records.</summary>
    void Load(ref BlockReader reader, RecordChunks<TRecord> records);
}
