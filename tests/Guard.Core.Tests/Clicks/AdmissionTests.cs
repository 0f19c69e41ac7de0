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
    public void A_body_that_is_sent_again_counts_once_however_long_a_time_its_events_span()
    {
        var (random, admission) = (new Random(8), new Admission(new IntakeOptions()));
        var body = Keys(random, 2_000).Select((key, index) => (Key: key, Time: Noon + index * 86_400_000L)).ToArray();

        Assert.All(body, sent => Assert.Equal(IntakeOutcome.Accepted, Admit(admission, sent.Key, sent.Time)));
        Assert.All(body, sent => Assert.Equal(IntakeOutcome.Duplicate, Admit(admission, sent.Key, sent.Time)));
        Assert.Equal(2_000, admission.Sequence);
    }

    [Fact]
    public void State_that_was_saved_when_the_duplicate_window_had_one_part_is_read()
    {
        var (random, options) = (new Random(3), new IntakeOptions { DuplicateCapacity = 500 });
        var window = new DuplicateWindow(options.DuplicateCapacity);
        var (older, newer) = (Keys(random, 500), Keys(random, 300));
        Array.ForEach([.. older, .. newer], key => window.Add(key));
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
        Assert.All((ulong[])[.. older, .. newer], key => Assert.Equal(IntakeOutcome.Duplicate, Admit(admission, key, Noon)));

        // They go once enough others came.
        foreach (var key in Keys(random, 5_000))
        {
            Admit(admission, key, Noon);
        }

        Assert.All(older, key => Assert.Equal(IntakeOutcome.Accepted, Admit(admission, key, Noon)));
    }

    private static ulong[] Keys(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) | 1)];

    private static IntakeOutcome Admit(Admission admission, ulong key, long time) => admission.Admit(new Arrival(EventKind.Click, key, time), out _, out _);
}
