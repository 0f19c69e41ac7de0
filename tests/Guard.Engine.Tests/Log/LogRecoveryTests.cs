using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class LogRecoveryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_segment_is_found_and_ends_the_log_unless_a_snapshot_covers_it(bool covered)
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        var (first, next) = (LogFolderOnDisk.FirstOf(folder.Segments[1]), LogFolderOnDisk.FirstOf(folder.Segments[2]));
        var behind = folder.Segments.Length - 2;
        File.Delete(folder.Segments[1]);

        using var log = folder.Open(covered ? next : next - 1);

        Assert.Contains(log.Findings, finding => finding.Fault == LogFault.MissingSegment && finding.Position == first);
        Assert.Equal(covered ? 0 : behind, folder.Aside.Length);
        Assert.Equal(covered ? 60 : next - 1, log.Next);
        Assert.Equal(covered ? [.. LogFolderOnDisk.Positions(0, first), .. LogFolderOnDisk.Positions(next, 60)] : LogFolderOnDisk.Positions(0, first), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public void A_missing_first_segment_leaves_nothing_to_apply()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        File.Delete(folder.Segments[0]);

        using var log = folder.Open();

        Assert.Contains(log.Findings, finding => finding is { Fault: LogFault.MissingSegment, Position: 0 });
        Assert.Equal(0, log.Next);
        Assert.Empty(LogFolderOnDisk.Read(log));
        Assert.NotEmpty(folder.Aside);
    }

    [Fact]
    public void What_was_set_aside_is_kept_for_a_time_and_not_without_end()
    {
        using var folder = new LogFolderOnDisk().Filled(120);
        var time = new FakeTime();
        var options = LogFolderOnDisk.SmallSegments with { KeepFor = TimeSpan.FromDays(2), KeepAside = 3 };
        Assert.True(folder.Segments.Length > 5);
        File.Delete(folder.Segments[1]);

        PartitionLog.Open(folder.Path, 0, options, time).Dispose();
        Assert.Equal(3, folder.Aside.Length);

        // Their age counts from when they were set aside, not from when they were written.
        time.Advance(TimeSpan.FromDays(2));
        PartitionLog.Open(folder.Path, 0, options, time).Dispose();
        Assert.Equal(3, folder.Aside.Length);

        time.Advance(TimeSpan.FromSeconds(1));
        using var log = PartitionLog.Open(folder.Path, 0, options, time);
        Assert.Empty(folder.Aside);
        Assert.NotEmpty(LogFolderOnDisk.Read(log));
    }

    [Fact]
    public void A_log_that_ends_before_the_snapshot_goes_on_at_the_snapshot()
    {
        using var folder = new LogFolderOnDisk().Filled(10);
        using (var log = folder.Open(covered: 25))
        {
            Assert.Equal((LogFault.EndsBeforeSnapshot, 10L), (Assert.Single(log.Findings).Fault, log.Findings[0].Position));
            Assert.Equal(25, log.Next);
            LogFolderOnDisk.Append(log, 5);
        }

        using var again = folder.Open(covered: 25);
        Assert.Equal([.. LogFolderOnDisk.Positions(0, 10), .. LogFolderOnDisk.Positions(25, 30)], LogFolderOnDisk.Read(again));
        Assert.Equal([new KeyPlace(7, 0)], again.Find(LogFolderOnDisk.KeyOf(7)));
        Assert.Equal([new KeyPlace(27, 0)], again.Find(LogFolderOnDisk.KeyOf(27)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    public void A_segment_without_its_header_is_dropped_and_said(int length)
    {
        using var folder = new LogFolderOnDisk().Filled(10);
        File.WriteAllBytes(Path.Combine(folder.Path, "0000000000000000010.segment"), new byte[length]);

        using var log = folder.Open();
        LogFolderOnDisk.Append(log, 1);

        Assert.Contains(log.Findings, finding => finding is { Fault: LogFault.EmptySegment, Position: 10 });
        Assert.Equal(11, log.Next);
    }

    [Fact]
    public void A_log_of_another_version_is_refused_and_left_as_it_is()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        LogFolderOnDisk.ChangeVersion(folder.Segments[2], 2);
        LogFolderOnDisk.Cut(folder.Segments[0], 1000);
        var files = Directory.GetFiles(folder.Path).ToDictionary(file => file, File.ReadAllBytes);

        var error = Assert.Throws<LogFormatException>(() => folder.Open());

        Assert.Contains("format 2, this Guard reads format 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(files.Keys.Order(), Directory.GetFiles(folder.Path).Order());
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void A_segment_of_another_run_does_not_follow()
    {
        using var folder = new LogFolderOnDisk().Filled(60);
        using var other = new LogFolderOnDisk();
        using (var log = other.Open())
        {
            log.Append(new byte[20], 1, 1, [1]); // As long as the first block of the other; from here on every block names another block before it.
            LogFolderOnDisk.Append(log, 59);
        }

        var first = LogFolderOnDisk.FirstOf(folder.Segments[1]);
        Assert.Equal(Path.GetFileName(folder.Segments[1]), Path.GetFileName(other.Segments[1]));
        File.Copy(other.Segments[1], folder.Segments[1], overwrite: true);

        using var opened = folder.Open();
        Assert.Contains(opened.Findings, finding => finding.Fault == LogFault.DamagedBlock && finding.Position == first);
        Assert.Equal(LogFolderOnDisk.Positions(0, first), LogFolderOnDisk.Read(opened));
    }
}
