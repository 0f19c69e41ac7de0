using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class DuplicateWindowTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void What_was_seen_within_the_window_is_always_known_and_what_is_two_windows_old_never()
    {
        var steps = Gen.Choose(1, 12).SelectMany(key => Gen.Choose(-300, 900).Select(step => (Key: (ulong)key, Step: step))).ListOf();
        Prop.ForAll(steps.ToArbitrary(), list =>
        {
            var window = new DuplicateWindow(s_second, 1000);
            var added = new Dictionary<ulong, long>();
            var newest = 10_000L;
            foreach (var (key, step) in list)
            {
                var time = newest + step;
                newest = Math.Max(newest, time);
                var age = added.TryGetValue(key, out var at) ? newest - at : long.MaxValue;
                var isNew = window.Add(key, time);
                if (isNew ? age < 1000 : age >= 2000)
                {
                    return false;
                }

                added[key] = isNew ? newest : at;
            }

            return window.Count <= added.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_gap_of_two_windows_forgets_everything()
    {
        var window = new DuplicateWindow(s_second, 10);
        Assert.True(window.Add(1, 0));
        Assert.True(window.Add(2, 2000));
        Assert.True(window.Add(1, 2000));
    }

    [Fact]
    public void A_key_is_known_until_more_others_came_than_the_capacity()
    {
        var window = new DuplicateWindow(TimeSpan.FromDays(1), 100);
        Assert.True(window.Add(ulong.MaxValue, 0));
        for (var key = 1UL; key <= 100; key++)
        {
            Assert.True(window.Add(key, 0));
            Assert.False(window.Add(ulong.MaxValue, 0));
        }

        for (var key = 101UL; key <= 300; key++)
        {
            window.Add(key, 0);
            Assert.InRange(window.Count, 1, 200);
        }

        Assert.True(window.Add(ulong.MaxValue, 0));
    }

    [Fact]
    public void A_restored_window_goes_on_exactly_like_the_one_that_was_saved()
    {
        var keys = Gen.Choose(1, 60).SelectMany(key => Gen.Choose(0, 80).Select(step => (Key: (ulong)key, Step: step))).ListOf(150);
        Prop.ForAll(keys.ToArbitrary(), Gen.Choose(0, 150).ToArbitrary(), (list, cut) =>
        {
            var straight = new DuplicateWindow(s_second, 40);
            var broken = new DuplicateWindow(s_second, 40);
            var time = 0L;
            for (var i = 0; i < list.Count; i++)
            {
                if (i == cut)
                {
                    var bytes = new ReadOnlySpan<byte>(Saved(broken));
                    broken = new DuplicateWindow(s_second, 40);
                    broken.Restore(ref bytes);
                    if (!bytes.IsEmpty)
                    {
                        return false;
                    }
                }

                time += list[i].Step;
                if (straight.Add(list[i].Key, time) != broken.Add(list[i].Key, time) || straight.Count != broken.Count)
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
        var window = new DuplicateWindow(s_second, 100);
        window.Add(1, 0);
        var saved = Saved(window);
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Restore(window, saved.AsSpan(0, length)));
        }

        var full = saved.ToArray();
        Array.Fill(full, (byte)1, 21, 64 * 8);
        Assert.Throws<InvalidDataException>(() => Restore(window, full));
        Assert.False(window.Add(1, 0));
        Assert.Equal(saved, Saved(window));
    }

    [Fact]
    public void The_steady_state_allocates_nothing()
    {
        var window = new DuplicateWindow(s_second, 1000);
        var key = 0UL;
        void Fill(int count)
        {
            for (var i = 0; i < count; i++)
            {
                window.Add(++key * 0x9E3779B97F4A7C15, (long)key);
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
