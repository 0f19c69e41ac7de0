using FsCheck;
using FsCheck.Fluent;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class LogDamageTests
{
    [Fact]
    public void A_block_torn_at_any_byte_is_cut_off_and_the_log_goes_on_before_it()
    {
        using var folder = new LogFolderOnDisk().Filled(5);
        var whole = File.ReadAllBytes(folder.Segments[0]);
        var offsets = LogFolderOnDisk.Offsets(folder.Segments[0]);
        for (var length = offsets[^2]; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.Segments[0], whole[..length]);

            using var log = folder.Open();
            LogFolderOnDisk.Append(log, 2);

            if (length == offsets[^2])
            {
                Assert.Empty(log.Findings);
            }
            else
            {
                var finding = Assert.Single(log.Findings);
                Assert.Equal((LogFault.TornTail, offsets[^2], 4L), (finding.Fault, finding.Offset, finding.Position));
            }

            log.Dispose();
            using var again = folder.Open();
            Assert.Empty(again.Findings);
            Assert.Equal(LogFolderOnDisk.Positions(0, 6), LogFolderOnDisk.Read(again));
        }

        Assert.Empty(folder.Aside);
    }

    [Fact]
    public void What_a_file_system_leaves_as_zeros_at_the_end_is_cut_off()
    {
        using var folder = new LogFolderOnDisk().Filled(4);
        LogFolderOnDisk.Cut(folder.Segments[0], new FileInfo(folder.Segments[0]).Length + 5000);

        using var log = folder.Open();

        Assert.Equal(LogFault.TornTail, Assert.Single(log.Findings).Fault);
        Assert.Equal(LogFolderOnDisk.Positions(0, 4), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public void A_byte_flipped_anywhere_keeps_the_blocks_before_it_and_sets_aside_the_rest() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        var random = new Random(seed);
        var segment = folder.Segments[random.Next(folder.Segments.Length)];
        var offsets = LogFolderOnDisk.Offsets(segment);
        var offset = random.Next(SegmentHeader.Size, (int)new FileInfo(segment).Length);
        var block = offsets.FindLastIndex(start => start <= offset);
        var expected = LogFolderOnDisk.FirstOf(segment) + block;
        var later = folder.Segments.Count(other => string.CompareOrdinal(other, segment) > 0);
        LogFolderOnDisk.Flip(segment, offset);

        using (var log = folder.Open())
        {
            Assert.Contains(log.Findings, finding => finding.Fault == LogFault.DamagedBlock && finding.File == Path.GetFileName(segment) && finding.Offset == offsets[block] && finding.Position == expected);
            Assert.Equal(later, log.Findings.Count(finding => finding.Fault == LogFault.MisplacedSegment));
            Assert.Equal(later + 1, folder.Aside.Length);
            Assert.Equal(LogFolderOnDisk.Positions(0, expected), LogFolderOnDisk.Read(log));
            LogFolderOnDisk.Append(log, 30);
        }

        using var again = folder.Open();
        Assert.Empty(again.Findings);
        Assert.Equal(LogFolderOnDisk.Positions(0, expected + 30), LogFolderOnDisk.Read(again));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damage_that_a_snapshot_covers_costs_only_the_damaged_blocks()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        var segment = folder.Segments[1];
        var (first, offsets) = (LogFolderOnDisk.FirstOf(segment), LogFolderOnDisk.Offsets(segment));
        File.Delete(Path.ChangeExtension(segment, ".index"));
        LogFolderOnDisk.Flip(segment, offsets[2] + 60);

        using var log = folder.Open(covered: first + 3);

        Assert.Contains(log.Findings, finding => finding.Fault == LogFault.DamagedBlock && finding.Position == first + 2);
        Assert.Equal([.. LogFolderOnDisk.Positions(0, first + 2), .. LogFolderOnDisk.Positions(first + 3, 60)], LogFolderOnDisk.Read(log));
        Assert.Equal(60, log.Next);
        Assert.Empty(folder.Aside);
    }

    [Fact]
    public void Damage_that_is_met_only_in_reading_is_said_and_passed_over()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        var segment = folder.Segments[1];
        var (first, offsets) = (LogFolderOnDisk.FirstOf(segment), LogFolderOnDisk.Offsets(segment));
        LogFolderOnDisk.Flip(segment, offsets[2] + 60);

        using var log = folder.Open(covered: 60);

        Assert.Empty(log.Findings);
        Assert.Equal([.. LogFolderOnDisk.Positions(0, first + 2), .. LogFolderOnDisk.Positions(first + 3, 60)], LogFolderOnDisk.Read(log));
        Assert.Equal((LogFault.DamagedBlock, first + 2), (Assert.Single(log.Findings).Fault, log.Findings[0].Position));
    }

    [Fact]
    public void A_damaged_segment_header_costs_nothing()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        LogFolderOnDisk.Flip(folder.Segments[1], 20);

        using var log = folder.Open();

        Assert.Equal(LogFault.DamagedHeader, Assert.Single(log.Findings).Fault);
        Assert.Equal(LogFolderOnDisk.Positions(0, 60), LogFolderOnDisk.Read(log));
        Assert.All(LogFolderOnDisk.Positions(0, 60), position => Assert.Equal(position, log.PositionOf(position + 1)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(4200)]
    [InlineData(-1)]
    public void A_damaged_or_missing_index_is_made_anew(int offset)
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        var index = Path.ChangeExtension(folder.Segments[1], ".index");
        var whole = File.ReadAllBytes(index);
        if (offset < 0)
        {
            File.Delete(index);
        }
        else
        {
            LogFolderOnDisk.Flip(index, offset);
        }

        using (var log = folder.Open(covered: 60))
        {
            Assert.All(LogFolderOnDisk.Positions(0, 60), position => Assert.Equal([new KeyPlace(position, 0)], log.Find(LogFolderOnDisk.KeyOf(position))));
            Assert.Equal((LogFault.DamagedIndex, Path.GetFileName(index)), (Assert.Single(log.Findings).Fault, log.Findings[0].File));
        }

        Assert.Equal(whole, File.ReadAllBytes(index));
    }
}
