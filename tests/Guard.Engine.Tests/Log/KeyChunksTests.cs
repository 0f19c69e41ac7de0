using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class KeyChunksTests
{
    [Fact]
    public void Keys_come_in_order_however_many_there_are_and_however_they_lie()
    {
        var draws = from count in Gen.Choose(0, 20_000)
                    from seed in Gen.Choose(0, int.MaxValue)
                    from bits in Gen.Elements(3, 20, 64)
                    from high in Gen.Elements(false, true)
                    select (count, seed, bits, high);
        Prop.ForAll(draws.ToArbitrary(), draw =>
        {
            var blocks = Blocks(Keys(draw.count, draw.seed, draw.bits, draw.high));
            var chunks = Filled(blocks);

            Assert.Equal(draw.count, chunks.Count);
            Assert.Equal(Entries(blocks).Order(), chunks.InOrder().SelectMany(run => run.ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_key_is_found_at_each_of_its_places_before_and_after_all_were_put_in_order()
    {
        var blocks = Blocks([.. Keys(10_000, 1, 64, high: false), 7, .. Keys(5_000, 2, 64, high: false), 7]);
        var chunks = Filled(blocks);
        var places = new[] { new KeyPlace(110, 0), new KeyPlace(115, 1) };

        Assert.Equal(places, Find(chunks, 7));
        Assert.Equal(15_002, chunks.InOrder().Sum(run => run.Length));
        Assert.Equal(places, Find(chunks, 7));
        Assert.Empty(Find(chunks, 8));
    }

    private static KeyPlace[] Find(KeyChunks chunks, ulong key)
    {
        var places = new List<KeyPlace>();
        chunks.Find(key, places);
        return [.. places.OrderBy(place => place.Position)];
    }

    private static ulong[] Keys(int count, int seed, int bits, bool high)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits)).Select(key => high ? ~key : key)];
    }

    // Blocks of a thousand keys, from position 100 on.
    private static ulong[][] Blocks(ulong[] keys) => [.. keys.Chunk(1_000)];

    private static KeyChunks Filled(ulong[][] blocks)
    {
        var chunks = new KeyChunks(100);
        foreach (var (index, block) in blocks.Index())
        {
            chunks.Add(100 + index, MemoryMarshal.AsBytes(block.AsSpan()));
        }

        return chunks;
    }

    private static IEnumerable<KeyEntry> Entries(ulong[][] blocks) =>
        blocks.Index().SelectMany(block => block.Item.Index().Select(key => new KeyEntry(key.Item, (uint)block.Index, (uint)key.Index)));
}
