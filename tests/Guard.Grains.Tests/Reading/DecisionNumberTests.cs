using FsCheck;
using FsCheck.Fluent;
using Guard.Grains.Deciding;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Tests.Reading;

/// <summary>The laws of numbers, over whatever order of reports, deaths and faults of the store.</summary>
public sealed class DecisionNumberTests
{
    [Fact]
    public void A_reader_with_a_cursor_gets_every_decision_once_without_a_gap_in_the_numbers() => Holds(async (world, random) =>
    {
        var reader = new CursorReader(world, random);
        for (var step = 0; step < 150; step++)
        {
            await world.StepAsync();
            if (random.Next(3) == 0)
            {
                await reader.ReadAsync();
            }
        }

        await world.EndAsync();
        await reader.ReadToEndAsync();

        Assert.Equal(0, reader.Missed);
        Assert.Equal(Enumerable.Range(1, world.Decided.Count).Select(number => (long)number), reader.Read.Select(read => read.Number));
        Assert.Equal(world.Decided.Keys.Order(StringComparer.Ordinal), reader.Read.Select(read => read.Name).Order(StringComparer.Ordinal));
        Assert.Equal(reader.Read.Select(read => read.Name), await NamesAsync(world));
    });

    [Fact]
    public void Each_partitions_decisions_are_numbered_in_its_order() => Holds(async (world, random) =>
    {
        for (var step = 0; step < 120; step++)
        {
            await world.StepAsync();
        }

        await world.EndAsync();

        foreach (var partition in (await NamesAsync(world)).GroupBy(name => name.Split('/')[0], StringComparer.Ordinal))
        {
            (int, int)[] places = [.. partition.Select(name => name.Split('/')).Select(parts => (int.Parse(parts[1]), int.Parse(parts[2])))];
            Assert.Equal(places.Order(), places);
        }
    });

    [Fact]
    public void Whatever_died_on_the_way_nothing_stays_in_the_store_that_the_index_does_not_know() => Holds(async (world, random) =>
    {
        for (var step = 0; step < 120; step++)
        {
            await world.StepAsync();
        }

        await world.EndAsync();

        var segments = world.Follower.Directory.Entries.Where(entry => !entry.IsChunk).Select(entry => $"decisions/{entry.Partition:D5}/{entry.FirstMessage:D20}");
        Assert.Equal(segments.Order(StringComparer.Ordinal), world.Store.Paths.Where(path => path.StartsWith("decisions/", StringComparison.Ordinal)));
        var chunks = world.Follower.Directory.Entries.Count(entry => entry.IsChunk);
        Assert.Equal(chunks, world.Store.Paths.Count(path => path.StartsWith("decision-chunks/", StringComparison.Ordinal)));
        Assert.Equal(chunks, world.Store.Paths.Count(path => path.StartsWith("decision-keys/", StringComparison.Ordinal)));
    });

    [Fact]
    public void What_old_age_takes_away_is_counted_as_missed_and_all_else_is_read_once() => Holds(
        async (world, random) =>
        {
            var reader = new CursorReader(world, random);
            for (var step = 0; step < 150; step++)
            {
                await world.StepAsync();
                world.Pass(TimeSpan.FromMinutes(random.Next(10)));
                if (random.Next(12) == 0)
                {
                    await reader.ReadAsync();
                }
            }

            await world.EndAsync();
            await reader.ReadToEndAsync();

            Assert.Equal(world.Decided.Count, reader.Read.Count + reader.Missed);
            Assert.Equal(reader.Read.Select(read => read.Number).Distinct().Order(), reader.Read.Select(read => read.Number));
            Assert.Equal(reader.Read.Count, reader.Read.Select(read => read.Name).Distinct(StringComparer.Ordinal).Count());
        },
        keepFor: TimeSpan.FromHours(1));

    [Fact]
    public void The_newest_decision_of_a_click_is_found_wherever_it_stands() => Holds(async (world, random) =>
    {
        for (var step = 0; step < 120; step++)
        {
            await world.StepAsync();
        }

        await world.EndAsync();

        var names = await NamesAsync(world);
        for (var click = 0; click < 14; click++)
        {
            var id = $"c-{click}";
            var found = await world.Finder.FindAsync(DecidedWorld.HashOf(id), (segment, row) => segment.Texts(row).Id == id, CancellationToken.None);

            Assert.Equal(names.FindLast(name => world.Decided[name] == id), found is { } place ? DecidedWorld.NameOf(place) : null);
        }
    });

    [Fact]
    public void Going_backward_finds_what_going_forward_found_in_the_opposite_order() => Holds(async (world, random) =>
    {
        for (var step = 0; step < 100; step++)
        {
            await world.StepAsync();
        }

        await world.EndAsync();
        var forward = await world.Scan.ForwardAsync(0, int.MaxValue, int.MaxValue, (in DecidedRow row) => row.Verdict == 1, CancellationToken.None);
        var backward = new List<string>();
        for (var before = long.MaxValue; before > 1;)
        {
            var result = await world.Scan.BackwardAsync(before, random.Next(1, 9), int.MaxValue, (in DecidedRow row) => row.Verdict == 1, CancellationToken.None);
            backward.AddRange(result.Found.Select(DecidedWorld.NameOf));
            before = result.Next < before ? result.Next : 0;
        }

        Assert.Equal(forward.Found.Select(DecidedWorld.NameOf).Reverse(), backward);
    });

    [Fact]
    public void Whoever_follows_by_changes_comes_to_the_directory_that_whoever_begins_reads() => Holds(async (world, random) =>
    {
        await world.EndAsync();
        var followed = DecisionDirectory.Empty;
        for (var step = 0; step < 100; step++)
        {
            await world.StepAsync();
            if (random.Next(4) == 0)
            {
                followed = await world.Index.ReadAsync(followed, CancellationToken.None);
            }
        }

        await world.EndAsync();
        followed = await world.Index.ReadAsync(followed, CancellationToken.None);
        var whole = await world.Index.ReadAsync(DecisionDirectory.Empty, CancellationToken.None);

        Assert.Equal(whole.Entries, followed.Entries);
        Assert.Equal((whole.Version, whole.Last, whole.NextOrdinal, whole.FirstOrdinal), (followed.Version, followed.Last, followed.NextOrdinal, followed.FirstOrdinal));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_index_that_outgrew_its_head_goes_on_from_its_bases(int seed)
    {
        var world = new DecidedWorld(seed, new KeptDecisionsOptions { ChunkDecisions = 1_000_000, CompactAfter = TimeSpan.FromDays(1) });
        var reader = new CursorReader(world, new Random(seed));
        for (var step = 0; step < 4000; step++)
        {
            await world.StepAsync();
            if (step % 400 == 0)
            {
                await reader.ReadAsync();
            }
        }

        await world.EndAsync();
        await reader.ReadToEndAsync();

        Assert.True(world.Follower.Directory.Entries.Count > 1024);
        Assert.Equal(world.Decided.Keys.Order(StringComparer.Ordinal), reader.Read.Select(read => read.Name).Order(StringComparer.Ordinal));
        Assert.Single(world.Store.Paths, path => path.StartsWith("decision-index/0", StringComparison.Ordinal));
    }

    private static void Holds(Func<DecidedWorld, Random, Task> law, TimeSpan? keepFor = null) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var options = new KeptDecisionsOptions { ChunkDecisions = 16, CompactAfter = TimeSpan.Zero, KeepFor = keepFor ?? TimeSpan.FromDays(30) };
        law(new DecidedWorld(seed, options), new Random(seed + 1)).GetAwaiter().GetResult();
    }).QuickCheckThrowOnFailure();

    private static async Task<List<string>> NamesAsync(DecidedWorld world)
    {
        var result = await world.Scan.ForwardAsync(0, int.MaxValue, int.MaxValue, static (in DecidedRow _) => true, CancellationToken.None);
        return [.. result.Found.Select(DecidedWorld.NameOf)];
    }
}
