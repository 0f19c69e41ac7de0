using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class KeyIndexTests
{
    private const int Blocks = 130;
    private const int KeysPerBlock = 1_000;

    // Some sixty blocks a segment: an index of more pages than are written at a time.
    private static readonly PartitionLogOptions s_options = new() { SegmentBytes = 512 << 10, KeepBytes = 8 << 20 };

    [Fact]
    public void Each_of_many_keys_is_found_in_the_indexes_of_closed_segments()
    {
        using var folder = new LogFolderOnDisk();
        using (var log = PartitionLog.Open(folder.Path, 0, s_options))
        {
            for (var position = 0L; position < Blocks; position++)
            {
                log.Append(LogFolderOnDisk.PayloadOf(position), (position * KeysPerBlock) + 1, KeysPerBlock, [.. Enumerable.Range(0, KeysPerBlock).Select(row => KeyOf(position, row))]);
            }
        }

        using var again = PartitionLog.Open(folder.Path, 0, s_options);

        Assert.Equal(folder.Segments.Length - 1, Directory.GetFiles(folder.Path, "*.index").Length);
        Assert.InRange(folder.Segments.Length, 3, Blocks);
        Assert.Empty(again.Findings);
        for (var position = 0L; position < Blocks; position++)
        {
            for (var row = (int)(position % 7); row < KeysPerBlock; row += 7)
            {
                Assert.Equal([new KeyPlace(position, row)], again.Find(KeyOf(position, row)));
            }
        }

        Assert.Empty(again.Find(KeyOf(Blocks, 0)));
    }

    private static ulong KeyOf(long position, int row) => LogFolderOnDisk.KeyOf((position * KeysPerBlock) + row + 1);
}
