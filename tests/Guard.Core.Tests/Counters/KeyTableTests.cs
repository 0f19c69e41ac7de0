using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class KeyTableTests
{
    [Fact]
    public void The_index_agrees_with_a_dictionary_under_any_adding_and_removing() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            var records = new RecordChunks<UserRecord>();
            var index = new KeyIndex<UserRecord>(records);
            var model = new Dictionary<ulong, int>();
            for (var i = 0; i < 6000; i++)
            {
                var key = (ulong)random.Next(4000);
                var hash = KeyHash.Mix(key);
                Assert.Equal(model.GetValueOrDefault(key, -1), index.Find(key, hash));
                if (model.Remove(key, out var slot))
                {
                    index.Remove(hash, slot);
                }
                else
                {
                    slot = records.Add();
                    records[slot].Key = key;
                    index.Add(hash, slot);
                    model.Add(key, slot);
                }
            }

            Assert.All(model, pair => Assert.Equal(pair.Value, index.Find(pair.Key, KeyHash.Mix(pair.Key))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void An_index_entry_takes_at_most_seven_and_a_half_bytes()
    {
        var records = new RecordChunks<UserRecord>();
        var index = new KeyIndex<UserRecord>(records);
        for (var key = 0UL; key < 300_000; key++)
        {
            var slot = records.Add();
            records[slot].Key = key;
            index.Add(KeyHash.Mix(key), slot);
            if (records.Count % 10_000 == 0 && records.Count >= 100_000)
            {
                Assert.InRange(index.Bytes / (double)records.Count, 5, 7.6);
            }
        }
    }

    [Fact]
    public void Shards_share_keys_evenly()
    {
        var counts = new int[7];
        for (var key = 0UL; key < 70_000; key++)
        {
            counts[KeyHash.ShardOf(key, counts.Length)]++;
        }

        // 10,000 expected, a standard deviation of 93.
        Assert.All(counts, static count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(static () => KeyHash.ShardOf(1, 0));
    }
}
