using System.Buffers;
using System.Buffers.Binary;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public sealed class AdmissionTests
{
    private const long Noon = 1_767_268_800_000;

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void As_many_events_are_remembered_as_the_options_say(int capacity)
    {
        var (random, admission) = (new Random(capacity), new Admission(new IntakeOptions { DuplicateCapacity = capacity }));
        var keys = Enumerable.Range(0, capacity).Select(_ => (ulong)random.NextInt64(1, long.MaxValue) << 1).ToArray();
        Assert.All(keys, key => Assert.Equal(IntakeOutcome.Accepted, admission.Admit(new Arrival(EventKind.Click, key, Noon), out _, out _)));
        Assert.All(keys, key => Assert.Equal(IntakeOutcome.Duplicate, admission.Admit(new Arrival(EventKind.Click, key, Noon), out _, out _)));
    }

    [Fact]
    public void State_that_was_saved_when_the_duplicate_window_had_one_part_is_read()
    {
        var (random, options) = (new Random(3), new IntakeOptions { DuplicateWindow = TimeSpan.FromMinutes(1) });
        var window = new DuplicateWindow(options.DuplicateWindow, options.DuplicateCapacity);
        var (older, newer) = (Keys(random, 500), Keys(random, 300));
        Array.ForEach(older, key => window.Add(key, Noon));
        Array.ForEach(newer, key => window.Add(key, Noon + 61_000));
        var saved = new ArrayBufferWriter<byte>();
        saved.Write<byte>([1]);
        BinaryPrimitives.WriteInt64LittleEndian(saved.GetSpan(8), 800);
        saved.Advance(8);
        BinaryPrimitives.WriteInt64LittleEndian(saved.GetSpan(8), Noon + 61_000);
        saved.Advance(8);
        window.Save(saved);

        var admission = new Admission(options);
        admission.Restore(saved.WrittenSpan);
        Assert.Equal((800, Noon + 61_000), (admission.Sequence, admission.Watermark));
        Assert.All((ulong[])[.. older, .. newer], key => Assert.Equal(IntakeOutcome.Duplicate, Admit(admission, key, Noon + 61_000)));

        // A window later the older generation is gone, and the newer one is not.
        Assert.Equal(IntakeOutcome.Accepted, Admit(admission, 1UL << 63 | 5, Noon + 121_000));
        foreach (var key in newer)
        {
            Assert.Equal(IntakeOutcome.Duplicate, Admit(admission, key, Noon + 121_000));
        }

        Assert.All(older, key => Assert.Equal(IntakeOutcome.Accepted, Admit(admission, key, Noon + 121_000)));
    }

    private static ulong[] Keys(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) | 1)];

    private static IntakeOutcome Admit(Admission admission, ulong key, long time) => admission.Admit(new Arrival(EventKind.Click, key, time), out _, out _);
}
