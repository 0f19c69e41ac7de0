namespace Guard.Core.Counters;

/// <summary>The part of a saved block that all shards have in common: bounds, partitions and the columns of records.</summary>
internal static class ShardBlock
{
    private const int FixedLength = 4 + 4 + 8 + 4 + 4;
    private const int PartitionLength = 4 + 8 + 8;

    public static long Length<TRecord>(KeyTable<TRecord> table, PartitionProgress partitions)
        where TRecord : unmanaged, IKeyedRecord
    {
        var row = 0;
        foreach (var length in TRecord.Columns)
        {
            row += length;
        }

        return FixedLength + (long)Seen(partitions).Count * PartitionLength + (long)table.Records.Count * row;
    }

    public static void Write<TRecord>(BlockWriter writer, KeyTable<TRecord> table, PartitionProgress partitions)
        where TRecord : unmanaged, IKeyedRecord
    {
        var seen = Seen(partitions);
        writer.Write(table.Capacity);
        writer.Write(table.Hand);
        writer.Write(table.ForcedEvictions);
        writer.Write(table.Records.Count);
        writer.Write(seen.Count);
        seen.ForEach(writer.Write);
        seen.ForEach(partition => writer.Write(partitions.Sequence(partition)));
        seen.ForEach(partition => writer.Write(partitions.Newest(partition)));
        writer.WriteColumns(table.Records, TRecord.Columns);
    }

    public static KeyTable<TRecord> Read<TRecord>(ref BlockReader reader, PartitionProgress partitions)
        where TRecord : unmanaged, IKeyedRecord
    {
        var capacity = reader.ReadInt32(1, KeyIndex<TRecord>.MostSlots);
        var hand = reader.ReadInt32();
        var forced = reader.ReadInt64();
        var count = reader.ReadInt32(0, capacity);
        if (hand < 0 || hand > Math.Max(0, count - 1) || forced < 0)
        {
            throw reader.Unsound();
        }

        ReadPartitions(ref reader, partitions);
        var table = new KeyTable<TRecord>(capacity) { Hand = hand, ForcedEvictions = forced };
        table.Records.Add(count);
        var offset = 0;
        foreach (var length in TRecord.Columns)
        {
            reader.ReadColumn(table.Records, offset, length);
            offset += length;
        }

        for (var slot = 0; slot < count; slot++)
        {
            if (!CounterTime.Holds(table.Records[slot].Newest) || !table.TryIndex(slot))
            {
                throw reader.Unsound();
            }
        }

        return table;
    }

    private static void ReadPartitions(ref BlockReader reader, PartitionProgress partitions)
    {
        var numbers = new int[reader.ReadInt32(0, PartitionProgress.MostPartitions)];
        var sequences = new long[numbers.Length];
        foreach (ref var number in numbers.AsSpan())
        {
            number = reader.ReadInt32(0, PartitionProgress.MostPartitions - 1);
        }

        foreach (ref var sequence in sequences.AsSpan())
        {
            sequence = reader.ReadInt64();
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            partitions.Restore(numbers[i], sequences[i], reader.ReadInt64());
        }
    }

    private static List<int> Seen(PartitionProgress partitions) =>
        [.. Enumerable.Range(0, partitions.Length).Where(partition => partitions.Sequence(partition) != 0 || partitions.Newest(partition) != PartitionProgress.Unseen)];
}
