using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Features;

namespace Guard.Core.Tests.Counters;

public sealed class StreamingEqualsBatchTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(15);

    [Fact]
    public void Streaming_counters_and_features_equal_a_batch_recomputation_bit_for_bit() =>
        Prop.ForAll(Streams(), static stream =>
        {
            var naive = new NaiveCounters();
            var readings = new ShardRun().Apply(stream);
            Span<float> streamed = new float[ClickFeatures.Schema.Width];
            Span<float> recomputed = new float[ClickFeatures.Schema.Width];
            for (var i = 0; i < stream.Count; i++)
            {
                var (user, entity, userAgent) = naive.Next(stream[i]);
                Assert.Equal((i, user), (i, readings[i].User));
                Assert.Equal((i, entity), (i, readings[i].Entity));
                Assert.Equal((i, userAgent), (i, readings[i].UserAgent));
                ClickFeatures.Write(stream[i].Click, readings[i].User, readings[i].Entity, readings[i].UserAgent, streamed);
                ClickFeatures.Write(stream[i].Click, user, entity, userAgent, recomputed);
                Assert.True(streamed.SequenceEqual(recomputed));
            }
        }).Check(s_config);

    [Fact]
    public void Readings_and_state_do_not_depend_on_how_clicks_are_cut_into_batches() =>
        Prop.ForAll(Streams(), Gen.Choose(1, 200).ToArbitrary(), static (stream, longest) =>
        {
            var one = new ShardRun();
            var many = new ShardRun();
            Assert.Equal(one.Apply(stream, 1), many.Apply(stream, longest));
            Assert.Equal(one.Save(), many.Save());
        }).Check(s_config);

    [Fact]
    public void Readings_do_not_depend_on_the_number_of_shards() =>
        Prop.ForAll(Streams(tooLate: false), Gen.Choose(2, 9).ToArbitrary(), static (stream, shards) =>
            Assert.Equal(new ShardRun(1).Apply(stream), new ShardRun(shards).Apply(stream))).Check(s_config);

    [Fact]
    public void A_duplicate_sequence_number_leaves_every_counter_unchanged() =>
        Prop.ForAll(Streams(), static stream =>
        {
            var run = new ShardRun();
            run.Apply(stream);
            var before = run.Save();
            run.Apply(stream);
            Assert.Equal(before, run.Save());
        }).Check(s_config);

    [Fact]
    public void A_shard_saved_and_loaded_goes_on_as_one_that_never_stopped() =>
        Prop.ForAll(Streams(), Gen.Choose(0, 400).ToArbitrary(), static (stream, cut) =>
        {
            var whole = new ShardRun(2);
            var stopped = new ShardRun(2);
            var expected = whole.Apply(stream);
            var first = stopped.Apply([.. stream.Take(cut)]);
            var saved = stopped.Save();
            stopped.SaveAndLoad();
            Assert.Equal(saved, stopped.Save());
            Assert.Equal(expected, first.Concat(stopped.Apply([.. stream.Skip(cut)])));
            Assert.Equal(whole.Save(), stopped.Save());
        }).Check(s_config);

    [Fact]
    public void A_busy_address_is_estimated_as_a_HyperLogLog_of_each_windows_values_for_weeks()
    {
        var stream = new ClickStreams { Length = 4000, Partitions = 1, Users = 3000, Entities = 1, Step = 700_000, TooLate = false }.Generate(7);
        var naive = new NaiveCounters();
        var expected = stream.ConvertAll(naive.Next);
        Assert.True(stream[^1].Click.Time - stream[0].Click.Time > 9L * 86_400_000);
        Assert.Contains(expected, static e => e.Entity.Users.Day > 128 && e.Entity.Users.Day != MathF.Round(e.Entity.Users.Day));
        Assert.Equal(expected, new ShardRun().Apply(stream));
    }

    [Fact]
    public void When_idle_keys_are_reclaimed_never_shows_in_a_reading()
    {
        var stream = new ClickStreams { Length = 6000, Users = 20_000, Entities = 1500, Step = 1_000_000 }.Generate(11);
        var naive = new NaiveCounters();
        var run = new ShardRun();
        Assert.Equal(stream.ConvertAll(naive.Next), run.Apply(stream));
        var users = stream.Select(static a => a.Click.User).Distinct().Count();
        Assert.True(run.Users[0].Count < users * 3 / 4, $"{run.Users[0].Count} slots for {users} users");
        Assert.Equal(0, run.Users[0].ForcedEvictions);
        Assert.Equal(0, run.Entities[0].ForcedEvictions);
    }

    [Fact]
    public void When_addresses_and_user_agents_idle_for_weeks_are_reclaimed_never_shows_in_a_reading()
    {
        // Three months, in which most addresses and user agents come for some minutes and do not return.
        var random = new Random(13);
        var stream = new ClickStreams { Length = 6000, Users = 300, Entities = 30, Step = 2_600_000 }.Generate(13).ConvertAll(arrival => random.Next(3) == 0
            ? arrival
            : arrival with { Click = arrival.Click with { Entity = 100 + (ulong)(arrival.Click.Sequence / 3), UserAgent = 100 + (ulong)(arrival.Click.Sequence / 4) } });
        Assert.True(stream[^1].Click.Time - stream[0].Click.Time > 60L * 86_400_000);
        var naive = new NaiveCounters();
        var run = new ShardRun();
        Assert.Equal(stream.ConvertAll(naive.Next), run.Apply(stream));
        var entities = stream.Select(static a => a.Click.Entity).Distinct().Count();
        var userAgents = stream.Select(static a => a.Click.UserAgent).Distinct().Count();
        Assert.True(run.Entities[0].Count < entities * 3 / 4, $"{run.Entities[0].Count} slots for {entities} addresses");
        Assert.True(run.UserAgents[0].Count < userAgents * 3 / 4, $"{run.UserAgents[0].Count} slots for {userAgents} user agents");
        Assert.Equal(0, run.Entities[0].ForcedEvictions + run.UserAgents[0].ForcedEvictions);
    }

    private static Arbitrary<List<Arrival>> Streams(bool tooLate = true) =>
        (from kind in Gen.Elements(ClickStreams.Kinds)
         from seed in Gen.Choose(0, int.MaxValue)
         select (kind with { TooLate = tooLate }).Generate(seed)).ToArbitrary();
}
