using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class DuplicateWindowTests
{
    [Fact]
    public void The_newest_as_many_as_the_capacity_are_always_known_and_what_is_older_than_twice_as_many_never()
    {
        var keys = Gen.Choose(1, 40).Select(key => (ulong)key).ListOf(300);
        Prop.ForAll(keys.ToArbitrary(), Gen.Choose(1, 12).ToArbitrary(), (list, capacity) =>
        {
            var window = new DuplicateWindow(capacity);
            var admitted = new List<ulong>();
            foreach (var key in list)
            {
                var at = admitted.LastIndexOf(key);
                var since = at < 0 ? int.MaxValue : admitted.Count - 1 - at;
                var isNew = window.Add(key);
                if (isNew ? since < capacity : since >= 2 * capacity)
                {
                    return false;
                }

                if (isNew)
                {
                    admitted.Add(key);
                }
            }

            return window.Count <= 2 * capacity;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void State_that_was_saved_while_keys_were_forgotten_by_event_time_is_read()
    {
        var window = new DuplicateWindow(10);
        Assert.All<ulong>([1, 2, 3], key => Assert.True(window.Add(key)));
        byte[] timed = [1, .. new byte[16], .. Saved(window).AsSpan(1)];

        var restored = new DuplicateWindow(10);
        Restore(restored, timed);

        Assert.Equal(Saved(window), Saved(restored));
        Assert.False(restored.Add(2));
        Assert.Throws<InvalidDataException>(() => Restore(restored, timed.AsSpan(0, 17)));
    }

    [Fact]
    public void A_key_is_known_until_more_others_came_than_the_capacity()
    {
        var window = new DuplicateWindow(100);
        Assert.True(window.Add(ulong.MaxValue));
        for (var key = 1UL; key <= 100; key++)
        {
            Assert.True(window.Add(key));
            Assert.False(window.Add(ulong.MaxValue));
        }

        for (var key = 101UL; key <= 300; key++)
        {
            window.Add(key);
            Assert.InRange(window.Count, 1, 200);
        }

        Assert.True(window.Add(ulong.MaxValue));
    }

    [Fact]
    public void A_restored_window_goes_on_exactly_like_the_one_that_was_saved()
    {
        var keys = Gen.Choose(1, 60).Select(key => (ulong)key).ListOf(150);
        Prop.ForAll(keys.ToArbitrary(), Gen.Choose(0, 150).ToArbitrary(), (list, cut) =>
        {
            var straight = new DuplicateWindow(20);
            var broken = new DuplicateWindow(20);
            for (var i = 0; i < list.Count; i++)
            {
                if (i == cut)
                {
                    var bytes = new ReadOnlySpan<byte>(Saved(broken));
                    broken = new DuplicateWindow(20);
                    broken.Restore(ref bytes);
                    if (!bytes.IsEmpty)
                    {
                        return false;
                    }
                }

                if (straight.Add(list[i]) != broken.Add(list[i]) || straight.Count != broken.Count)
                {
                    return false;
                }
            }

            return Saved(straight).AsSpan().SequenceEqual(Saved(broken));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Damaged_bytes_are_refused_and_change_nothing()
    {
        var window = new DuplicateWindow(100);
        window.Add(1);
        var saved = Saved(window);
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Restore(window, saved.AsSpan(0, length)));
        }

        var full = saved.ToArray();
        Array.Fill(full, (byte)1, 5, 64 * 8);
        Assert.Throws<InvalidDataException>(() => Restore(window, full));
        Assert.False(window.Add(1));
        Assert.Equal(saved, Saved(window));
    }

    [Fact]
    public void The_steady_state_allocates_nothing()
    {
        var window = new DuplicateWindow(1000);
        var key = 0UL;
        void Fill(int count)
        {
            for (var i = 0; i < count; i++)
            {
                window.Add(++key * 0x9E3779B97F4A7C15);
            }
        }

        Fill(10_000);
        Assert.Equal(0, Allocation.Least(_ => Fill(10_000)));
    }

    private static void Restore(DuplicateWindow window, ReadOnlySpan<byte> bytes) => window.Restore(ref bytes);

    private static byte[] Saved(DuplicateWindow window)
    {
        var writer = new ArrayBufferWriter<byte>();
        window.Save(writer);
        return writer.WrittenSpan.ToArray();
    }
}
