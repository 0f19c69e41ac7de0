using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Engine.Intake;
using Guard.Engine.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Engine.Tests.Intake;

public sealed class RotatingQuarantineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EngineInstruments _instruments = new();

    [Fact]
    public void Its_files_stay_within_the_bound_and_hold_the_newest_rows_whole()
    {
        using (var quarantine = Open(bytes: 20_000))
        {
            for (var line = 1; line <= 500; line++)
            {
                Add(quarantine, line, RejectReason.Malformed);
            }
        }

        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal(["quarantine.1.ndjson", RotatingQuarantine.FileName], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 10_000, 20_000);
        var lines = files.Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("line").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(501 - lines.Count, lines.Count), lines);
    }

    [Fact]
    public void It_goes_on_behind_the_last_whole_row_of_an_earlier_process()
    {
        using (var quarantine = Open())
        {
            Add(quarantine, 1, RejectReason.Malformed);
        }

        File.AppendAllText(_folder[RotatingQuarantine.FileName], "{\"arrived\":\"20");
        using (var quarantine = Open())
        {
            Add(quarantine, 2, RejectReason.Malformed);
        }

        Assert.Equal(2, File.ReadAllLines(_folder[RotatingQuarantine.FileName]).Select(row => JsonDocument.Parse(row)).Count());
    }

    [Fact]
    public void It_counts_by_reason_and_shows_the_newest_rows_without_their_content()
    {
        using var quarantine = Open();
        for (var line = 1; line <= 1_100; line++)
        {
            Add(quarantine, line, line % 4 == 0 ? RejectReason.FutureTime : RejectReason.Malformed);
        }

        var view = quarantine.View(3);

        Assert.Equal([KeyValuePair.Create(RejectReason.Malformed, 825L), KeyValuePair.Create(RejectReason.FutureTime, 275L)], view.Counts);
        Assert.Equal([1_100L, 1_099, 1_098], view.Newest.Select(row => row.Line));
        Assert.Equal(1_000, quarantine.View(5_000).Newest.Count);
        Assert.Equal(1_100, quarantine.Count);
    }

    [Fact]
    public async Task Threads_at_once_write_whole_rows()
    {
        using (var quarantine = Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                for (var line = 0; line < 50; line++)
                {
                    Add(quarantine, thread * 50 + line, RejectReason.Malformed);
                }
            })));
        }

        var lines = File.ReadAllLines(_folder[RotatingQuarantine.FileName]).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("line").GetInt32());
        Assert.Equal(Enumerable.Range(0, 400), lines.Order());
    }

    public void Dispose()
    {
        _instruments.Dispose();
        _folder.Dispose();
    }

    private RotatingQuarantine Open(long bytes = 1 << 20) => new(_folder.Path, bytes, _instruments, TimeProvider.System, NullLogger.Instance);

    private static void Add(RotatingQuarantine quarantine, long line, RejectReason reason)
    {
        var raw = Encoding.UTF8.GetBytes("rubbish");
        quarantine.Add(new RejectedEvent { Rejection = new(reason, "event"), Position = new("api", line, 0), Raw = raw, Length = raw.Length });
    }
}
