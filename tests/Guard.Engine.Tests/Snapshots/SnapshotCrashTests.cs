using Guard.Engine.Snapshots;
using Guard.Engine.State;
using Guard.Engine.Tests.Hosting;

namespace Guard.Engine.Tests.Snapshots;

/// <summary>A snapshot is written over a former one: what a crash at each step leaves, and a copy that was made meanwhile, must not be taken for a snapshot.</summary>
public sealed class SnapshotCrashTests
{
    private static readonly List<string> s_events = TestBodies.Events(21, 900);

    /// <summary>How much of the new snapshot stands over the old one; 0 is right after the rename.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(.001)]
    [InlineData(.3)]
    [InlineData(.9)]
    [InlineData(1)]
    public async Task A_crash_while_one_is_written_over_the_oldest_costs_nothing(double share)
    {
        using var folder = await HostFolder.CreateAsync();
        var expected = await FillAsync(folder);
        var snapshots = SnapshotsOf(folder);
        var (old, next) = (await File.ReadAllBytesAsync(snapshots[0], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(snapshots[^1], TestContext.Current.CancellationToken));
        var written = next[..(int)(next.Length * share)];
        await File.WriteAllBytesAsync(Path.Combine(FolderOf(folder), new string('9', 18) + ".snapshot.partial"), [.. written, .. old.Skip(written.Length)], TestContext.Current.CancellationToken);

        Assert.Equal(expected, await DescribeAsync(folder));
        Assert.Single(Directory.GetFiles(FolderOf(folder), "*.partial"));
    }

    [Fact]
    public async Task A_crash_before_the_oldest_was_dropped_leaves_three_of_which_the_newest_counts()
    {
        using var folder = await HostFolder.CreateAsync();
        var expected = await FillAsync(folder);
        var snapshots = SnapshotsOf(folder);
        File.Copy(snapshots[0], Path.Combine(FolderOf(folder), new string('0', 20) + ".snapshot"));
        File.Copy(snapshots[0], snapshots[0] + ".partial");

        Assert.Equal(expected, await DescribeAsync(folder));
        await using (var host = await folder.StartAsync())
        {
            await host.Ingest.SendAsync(TestBodies.Utf8(TestBodies.Click("one-more", TestBodies.Start, new Random(1))));
        }

        Assert.Equal(2, SnapshotsOf(folder).Length);
        Assert.Single(Directory.GetFiles(FolderOf(folder), "*.partial"));
    }

    [Fact]
    public async Task A_copy_that_begins_with_the_new_snapshot_and_ends_with_the_old_is_refused_wherever_they_meet()
    {
        using var folder = await HostFolder.CreateAsync();
        await FillAsync(folder);
        var snapshots = SnapshotsOf(folder);
        var (old, next) = (Pieces(snapshots[^2]), Pieces(snapshots[^1]));
        Assert.Equal(old.Count, next.Count);
        var copy = Path.Combine(folder.Path, "copy.snapshot");
        for (var meet = 2; meet < old.Count; meet++)
        {
            await File.WriteAllBytesAsync(copy, [.. next.Take(meet).Concat(old.Skip(meet)).SelectMany(piece => piece)], TestContext.Current.CancellationToken);
            Assert.Throws<InvalidDataException>(() => SnapshotReader.Read(copy, new EngineState(folder.Options.Intake, folder.Options.Shards)));
        }

        await File.WriteAllBytesAsync(copy, [.. old.SkipLast(1).Append(next[^1]).SelectMany(piece => piece)], TestContext.Current.CancellationToken);
        Assert.Throws<InvalidDataException>(() => SnapshotReader.Read(copy, new EngineState(folder.Options.Intake, folder.Options.Shards)));
        await File.WriteAllBytesAsync(copy, [.. next.SelectMany(piece => piece)], TestContext.Current.CancellationToken);
        SnapshotReader.Read(copy, new EngineState(folder.Options.Intake, folder.Options.Shards));
    }

    private static string FolderOf(HostFolder folder) => Path.Combine(folder.Path, "snapshots");

    private static string[] SnapshotsOf(HostFolder folder) => [.. Directory.GetFiles(FolderOf(folder), "*.snapshot").Order(StringComparer.Ordinal)];

    /// <summary>Takes events in with a stop and so a snapshot in between, and describes what a host then answers.</summary>
    private static async Task<string> FillAsync(HostFolder folder)
    {
        foreach (var part in s_events.Chunk(450))
        {
            await using var host = await folder.StartAsync();
            await host.Ingest.SendAsync(TestBodies.Lines(part));
        }

        return await DescribeAsync(folder);
    }

    private static async Task<string> DescribeAsync(HostFolder folder)
    {
        await using var host = await folder.StartAsync();
        return await HostFolder.DescribeAsync(host);
    }

    /// <summary>Cuts a snapshot into its beginning, its parts with what stands before each, and its end.</summary>
    private static List<byte[]> Pieces(string snapshot)
    {
        var bytes = File.ReadAllBytes(snapshot);
        var pieces = new List<byte[]> { bytes[..SnapshotFormat.FileHeaderBytes] };
        for (var offset = SnapshotFormat.FileHeaderBytes; ;)
        {
            Assert.True(SnapshotFormat.TryReadPartHeader(bytes.AsSpan(offset, SnapshotFormat.PartHeaderBytes), out var part));
            var end = offset + SnapshotFormat.PartHeaderBytes + (part.Part == SnapshotFormat.EndPart ? 0 : (int)part.Length);
            pieces.Add(bytes[offset..end]);
            if (part.Part == SnapshotFormat.EndPart)
            {
                return pieces;
            }

            offset = end;
        }
    }
}
