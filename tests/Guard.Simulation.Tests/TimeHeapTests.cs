using FsCheck;
using FsCheck.Fluent;

namespace Guard.Simulation.Tests;

public sealed class TimeHeapTests
{
    [Fact]
    public void What_goes_in_comes_out_in_the_order_of_time_and_then_of_index() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), times =>
        {
            var heap = new TimeHeap(1);
            for (var i = 0; i < times.Length; i++)
            {
                heap.Add(times[i] % 5, i);
            }

            var expected = times.Select((time, index) => ((long)(time % 5), index)).Order().ToArray();
            return Drain(heap).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rescheduling_equals_removing_and_adding() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<int>>(), ArbMap.Default.ArbFor<PositiveInt>(), (times, later) =>
        {
            var (left, right) = (new TimeHeap(), new TimeHeap());
            for (var i = 0; i < times.Get.Length; i++)
            {
                left.Add(times.Get[i], i);
                right.Add(times.Get[i], i);
            }

            var (time, index) = (left.NextTime + later.Get % 7, left.NextIndex);
            left.Reschedule(time);
            right.RemoveNext();
            right.Add(time, index);
            return Drain(left).SequenceEqual(Drain(right));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_heap_has_nothing_next() => Assert.Equal(long.MaxValue, new TimeHeap().NextTime);

    private static List<(long Time, int Index)> Drain(TimeHeap heap)
    {
        var items = new List<(long Time, int Index)>();
        while (heap.Count > 0)
        {
            items.Add((heap.NextTime, heap.NextIndex));
            heap.RemoveNext();
        }

        return items;
    }
}
