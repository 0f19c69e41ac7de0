using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Hosting;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Hosting;

public sealed class RecoveryTests
{
    private static readonly List<string> s_events = TestBodies.Events(11, 2_000);

    [Fact]
    public async Task Workers_shards_batches_bodies_and_restarts_change_no_decision_and_no_counter()
    {
        var expected = await RunAsync(new ShardOptions { Shards = 1, Workers = 1, UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 10_000 }, 4_096, [s_events.Count], restart: false);
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var shards = new ShardOptions { Shards = random.Next(1, 9), Workers = random.Next(1, 5), UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 10_000 };
            int[] bodies = [.. Enumerable.Range(0, 6).Select(_ => random.Next(1, 700))];
            Assert.Equal(expected, RunAsync(shards, random.Next(1, 900), bodies, restart: random.Next(2) == 0).GetAwaiter().GetResult());
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_damaged_snapshot_is_passed_over(int damaged)
    {
        using var folder = await HostFolder.CreateAsync();
        foreach (var part in s_events.Chunk(1_000))
        {
            await using var host = await folder.StartAsync();
            await host.Ingest.SendAsync(TestBodies.Lines(part));
        }

        string[] snapshots = [.. Directory.GetFiles(Path.Combine(folder.Path, "snapshots"), "*.snapshot").Order(StringComparer.Ordinal).TakeLast(damaged)];
        Assert.Equal(damaged, snapshots.Length);
        foreach (var snapshot in snapshots)
        {
            Flip(snapshot, new FileInfo(snapshot).Length / 2);
        }

        Assert.Equal(await WholeAsync(s_events), await DescribeAsync(folder));
    }

    [Fact]
    public async Task A_snapshot_is_written_over_the_oldest_and_what_that_held_beyond_its_end_is_not_read()
    {
        using var folder = await HostFolder.CreateAsync();
        var snapshots = Directory.CreateDirectory(Path.Combine(folder.Path, "snapshots"));
        var spare = Path.Combine(snapshots.FullName, "spare.partial");
        await File.WriteAllBytesAsync(spare, Enumerable.Repeat((byte)7, 40_000_000).ToArray(), TestContext.Current.CancellationToken);
        foreach (var part in s_events.Chunk(500))
        {
            await using var host = await folder.StartAsync();
            await host.Ingest.SendAsync(TestBodies.Lines(part));
            Assert.InRange(snapshots.GetFiles().Length, 1, 3);
        }

        Assert.Equal(40_000_000, snapshots.GetFiles().Max(file => file.Length));
        Assert.Equal(await WholeAsync(s_events), await DescribeAsync(folder));
    }

    [Fact]
    public async Task A_log_that_lost_its_end_gives_the_state_of_what_is_intact_and_counts_the_rest_when_it_comes_again()
    {
        using var folder = await HostFolder.CreateAsync();
        foreach (var body in s_events.Chunk(100))
        {
            await using var host = await folder.StartAsync();
            await host.Ingest.SendAsync(TestBodies.Lines(body));
        }

        Directory.Delete(Path.Combine(folder.Path, "snapshots"), recursive: true);
        var segment = Directory.GetFiles(Path.Combine(folder.Path, "log"), "*.segment").Order(StringComparer.Ordinal).Last();
        using (var file = new FileStream(segment, FileMode.Open))
        {
            file.SetLength(file.Length - 1_000);
        }

        await using (var host = await folder.StartAsync())
        {
            Assert.NotEmpty(host.Findings);
            var receipt = await host.Ingest.SendAsync(TestBodies.Lines(s_events));
            Assert.InRange(receipt.Accepted, 1, 100);
        }

        Assert.Equal(await WholeAsync(s_events), await DescribeAsync(folder));
    }

    [Fact]
    public async Task A_flipped_byte_that_a_snapshot_covers_costs_the_decisions_of_its_block_and_nothing_else()
    {
        using var folder = await HostFolder.CreateAsync();
        await using (var host = await folder.StartAsync(folder.Options with { BatchEvents = 100 }))
        {
            await host.Ingest.SendAsync(TestBodies.Lines(s_events));
        }

        var segment = Directory.GetFiles(Path.Combine(folder.Path, "log"), "*.segment").Order(StringComparer.Ordinal).First();
        Flip(segment, 20_000);

        await using var damaged = await folder.StartAsync();
        var numbers = (await HostFolder.AllAsync(damaged)).ConvertAll(kept => kept.Number);
        var lost = damaged.Decisions.Last - numbers.Count;
        Assert.InRange(lost, 1, 100);
        var page = await damaged.Decisions.ReadAsync(new DecisionQuery { Maximum = 10_000 });
        Assert.Equal((lost, damaged.Decisions.Last), (page.Missed, page.Next));
        Assert.Equal(UsersOf(await WholeAsync(s_events)), UsersOf(await HostFolder.DescribeAsync(damaged)));
    }

    [Fact]
    public async Task A_snapshot_ahead_of_a_lost_log_leaves_a_gap_in_the_numbers_and_gives_none_twice()
    {
        using var folder = await HostFolder.CreateAsync();
        long last;
        await using (var host = await folder.StartAsync())
        {
            await host.Ingest.SendAsync(TestBodies.Lines(s_events));
            last = host.Decisions.Last;
        }

        Directory.Delete(Path.Combine(folder.Path, "log"), recursive: true);

        await using var bereft = await folder.StartAsync();
        var scored = await bereft.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("new", TestBodies.Start + 3_000_000, new Random(1))));
        Assert.Equal(last + 1, scored.Decision!.Number);
        Assert.Equal(0, (await bereft.Ingest.SendAsync(TestBodies.Lines(s_events[^50..]))).Accepted);
    }

    [Fact]
    public async Task Another_number_of_shards_than_the_snapshot_has_is_refused_with_the_mend()
    {
        using var folder = await HostFolder.CreateAsync();
        await using (var host = await folder.StartAsync())
        {
            await host.Ingest.SendAsync(TestBodies.Lines(s_events[..10]));
        }

        var error = await Assert.ThrowsAsync<Engine.Intake.InputException>(() => folder.StartAsync(folder.Options with { Shards = folder.Options.Shards with { Shards = 5 } }));

        Assert.Contains("number of shards", error.Message, StringComparison.Ordinal);
        await using var again = await folder.StartAsync();
    }

    private static void Flip(string path, long offset)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x10));
    }

    private static string UsersOf(string description) => string.Join('\n', description.Split('\n').Where(line => line.Contains("UserCounters", StringComparison.Ordinal)));

    private static Task<string> WholeAsync(List<string> events) => RunAsync(
        new ShardOptions { Shards = 4, Workers = 2, UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 10_000 }, 4_096, [events.Count], restart: false);

    private static async Task<string> DescribeAsync(HostFolder folder)
    {
        await using var host = await folder.StartAsync();
        return await HostFolder.DescribeAsync(host);
    }

    private static async Task<string> RunAsync(ShardOptions shards, int batchEvents, int[] bodies, bool restart)
    {
        using var folder = await HostFolder.CreateAsync();
        var options = folder.Options with { Shards = shards, BatchEvents = batchEvents };
        var host = await folder.StartAsync(options);
        for (var (start, body) = (0, 0); start < s_events.Count; body++)
        {
            var count = Math.Min(bodies[body % bodies.Length], s_events.Count - start);
            await host.Ingest.SendAsync(TestBodies.Lines(s_events.GetRange(start, count)));
            start += count;
            if (restart && body % 3 == 2)
            {
                await host.DisposeAsync();
                host = await folder.StartAsync(options);
            }
        }

        var description = await HostFolder.DescribeAsync(host);
        await host.DisposeAsync();
        return description;
    }
}
