using System.Buffers;
using Guard.Core.Clicks;
using static Guard.Core.Tests.Clicks.TestEvents;

namespace Guard.Core.Tests.Clicks;

public class EventIntakeTests
{
    private readonly Rows _rows = new();
    private readonly EventBatch _batch = new();
    private readonly EventIntake _intake;

    public EventIntakeTests() => _intake = new EventIntake(new IntakeOptions { QuarantineBytes = 20 }, Hash, _rows);

    [Fact]
    public void Clicks_are_numbered_from_1_without_gaps_whatever_comes_between()
    {
        Take(Click("1"));
        Take("rubbish");
        Take(Click("1"));
        Take(Purchase("""{"clickId":"c","orderId":"o","valueMicros":1}"""));
        Take(Telemetry("""{"stream":"s","values":[1]}"""));
        Take(Click("2"));
        Assert.Equal([1L, 2L], _batch.Clicks.ToArray().Select(c => c.Sequence));
        var counts = _intake.Counts;
        Assert.Equal((2, 1, 1, 1, 1), (counts.Clicks, counts.Purchases, counts.Telemetry, counts.Duplicates, counts.Rejected));
        Assert.Equal(1, counts.RejectedFor(RejectReason.Malformed));
    }

    [Fact]
    public void A_duplicate_has_the_same_source_and_id()
    {
        Assert.Equal(IntakeOutcome.Accepted, Take(Click("1")));
        Assert.Equal(IntakeOutcome.Duplicate, Take(Click("1", Noon + 1, """{"userId":"other"}""")));
        Assert.Equal(IntakeOutcome.Accepted, Take(Click("1", source: "/ads/click/eu2")));
        Assert.Equal(IntakeOutcome.Accepted, Take(Click("2")));
    }

    [Fact]
    public void A_duplicate_is_known_however_far_apart_the_times_are()
    {
        Take(Click("1"));
        Assert.Equal(IntakeOutcome.Duplicate, Take(Click("1", Noon + 2 * 3_600_000)));
    }

    [Theory]
    [InlineData(0, ClickTraits.None)]
    [InlineData(-1, ClickTraits.Late)]
    [InlineData(-600_000, ClickTraits.Late)]
    [InlineData(-600_001, ClickTraits.TooLate)]
    public void A_click_older_than_the_newest_is_late_within_the_allowance_and_too_late_beyond(long age, ClickTraits expected)
    {
        Take(Click("1"));
        Take(Click("2", Noon + age));
        Assert.Equal(expected, _batch.Clicks[1].Traits & (ClickTraits.Late | ClickTraits.TooLate));
        Assert.Equal(Noon, _intake.Watermark);
        Assert.Equal(expected == ClickTraits.Late ? 1 : 0, _intake.Counts.Late);
        Assert.Equal(expected == ClickTraits.TooLate ? 1 : 0, _intake.Counts.TooLate);
    }

    [Fact]
    public void A_reject_goes_to_quarantine_with_reason_position_and_its_head()
    {
        _intake.Take("""{"specversion":"2.0","id":"secret"}"""u8, new EventPosition("in.ndjson", 7, 321), Noon, _batch);
        var row = Assert.Single(_rows.All);
        Assert.Equal((new Rejection(RejectReason.UnsupportedVersion, "specversion"), new EventPosition("in.ndjson", 7, 321), """{"specversion":"2.0",""", 35L), (row.Rejection, row.Position, row.Raw + ",", row.Length));
    }

    [Fact]
    public void A_rejected_event_may_come_again_mended()
    {
        Take(Click("1").Replace("350000", "-1", StringComparison.Ordinal));
        Assert.Equal(IntakeOutcome.Accepted, Take(Click("1")));
    }

    [Fact]
    public void A_restored_intake_goes_on_where_the_saved_one_stood()
    {
        Take(Click("1"));
        Take(Click("2", Noon + 60_000));
        var saved = Saved(_intake);
        var restored = new EventIntake(new IntakeOptions(), Hash, _rows);
        restored.Restore(saved);
        Assert.Equal(saved, Saved(restored));
        Assert.Equal(IntakeOutcome.Duplicate, restored.Take(Utf8(Click("1")), default, Noon, _batch));
        restored.Take(Utf8(Click("3")), default, Noon, _batch);
        Assert.Equal((3, ClickTraits.Late), (_batch.Clicks[2].Sequence, _batch.Clicks[2].Traits & ClickTraits.Late));
    }

    [Fact]
    public void Damaged_state_is_refused_and_changes_nothing()
    {
        Take(Click("1"));
        var saved = Saved(_intake);
        Assert.Throws<InvalidDataException>(() => _intake.Restore(saved.AsSpan(0, saved.Length - 1)));
        Assert.Throws<InvalidDataException>(() => _intake.Restore([]));
        Assert.Throws<InvalidDataException>(() => _intake.Restore([3, .. saved.AsSpan(1)]));
        Assert.Equal(saved, Saved(_intake));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        IntakeOptions[] wrong =
        [
            new() { DuplicateCapacity = 0 }, new() { LateAllowance = -TimeSpan.FromSeconds(1) },
            new() { FutureSkew = TimeSpan.FromDays(1000) }, new() { QuarantineBytes = -1 },
        ];
        string[] names = ["DuplicateCapacity", "LateAllowance", "FutureSkew", "QuarantineBytes"];
        Assert.All(wrong.Zip(names), x => Assert.Contains(x.Second, Assert.Throws<ArgumentException>(() => new EventIntake(x.First, Hash, _rows)).Message, StringComparison.Ordinal));
    }

    private static byte[] Saved(EventIntake intake)
    {
        var writer = new ArrayBufferWriter<byte>();
        intake.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private IntakeOutcome Take(string json) => _intake.Take(Utf8(json), default, EventDecoder.NoClock, _batch);

    private sealed class Rows : IQuarantine
    {
        public List<(Rejection Rejection, EventPosition Position, string Raw, long Length)> All { get; } = [];

        public void Add(in RejectedEvent rejected) =>
            All.Add((rejected.Rejection, rejected.Position, System.Text.Encoding.UTF8.GetString(rejected.Raw), rejected.Length));
    }
}
