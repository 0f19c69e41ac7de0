using System.Globalization;
using Guard.Engine.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Engine.Tests.Snapshots;

public sealed class SnapshotFolderTests : IDisposable
{
    private const string Spare = "spare.partial";
    private readonly TemporaryFolder _root = new();

    private string Snapshots => _root["snapshots"];

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Two_are_kept_and_one_is_there_to_write_over()
    {
        var folder = Prepared();
        for (var position = 1; position <= 6; position++)
        {
            Take(folder, position);
            folder.DropOld();
        }

        Assert.Equal([NameOf(5), NameOf(6), Spare], Names());
        Assert.Equal(5, folder.NeedsFrom);
    }

    [Fact]
    public void One_that_begins_before_the_last_has_dropped_what_it_replaces_takes_a_file_of_its_own()
    {
        var folder = Prepared();
        Take(folder, 1);
        Take(folder, 2);
        Take(folder, 3);
        using (var early = folder.OpenPartial(4))
        {
            folder.DropOld();
            Assert.Equal([NameOf(2), NameOf(3), NameOf(4) + ".partial", Spare], Names());
            Write(early, 4);
        }

        folder.Publish(4);
        folder.DropOld();

        Assert.Equal([NameOf(3), NameOf(4), Spare], Names());
        Assert.All([3, 4], position => Assert.True(IsWhole(position)));
    }

    [Fact]
    public async Task However_taking_and_dropping_meet_the_newest_two_are_whole()
    {
        var folder = Prepared();
        using var taken = new CancellationTokenSource();
        var dropping = Task.Run(
            () =>
            {
                while (!taken.IsCancellationRequested)
                {
                    folder.DropOld();
                }
            },
            TestContext.Current.CancellationToken);
        for (var position = 1; position <= 400; position++)
        {
            Take(folder, position);
            Assert.True(IsWhole(position) && (position == 1 || IsWhole(position - 1)));
            Assert.InRange(folder.Bytes, 1, long.MaxValue);
        }

        await taken.CancelAsync();
        await dropping;
        folder.DropOld();
        Assert.Equal([NameOf(399), NameOf(400)], Names().Where(name => name != Spare));
    }

    [Fact]
    public void One_that_could_not_be_made_gives_the_space_of_what_it_was_written_over_back()
    {
        var folder = Prepared();
        for (var position = 1; position <= 3; position++)
        {
            Take(folder, position);
            folder.DropOld();
        }

        using (var file = folder.OpenPartial(4))
        {
            file.WriteByte(4);
        }

        folder.GiveUp(4);

        Assert.Equal([NameOf(2), NameOf(3)], Names());
        Assert.All([2, 3], position => Assert.True(IsWhole(position)));
    }

    private static string NameOf(long position) => position.ToString("D20", CultureInfo.InvariantCulture) + ".snapshot";

    private static void Write(FileStream file, long position)
    {
        for (var copy = 0; copy < 1_000; copy++)
        {
            file.Write(BitConverter.GetBytes(position));
        }
    }

    private static void Take(SnapshotFolder folder, long position)
    {
        using (var file = folder.OpenPartial(position))
        {
            Write(file, position);
        }

        folder.Publish(position);
    }

    private SnapshotFolder Prepared()
    {
        var folder = new SnapshotFolder(Snapshots, NullLogger.Instance);
        folder.Prepare();
        return folder;
    }

    private bool IsWhole(long position)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Snapshots, NameOf(position)));
        return bytes.Length == 8_000 && MemoryExtensions.SequenceEqual<byte>(bytes, Enumerable.Repeat(BitConverter.GetBytes(position), 1_000).SelectMany(each => each).ToArray());
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(Snapshots).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
