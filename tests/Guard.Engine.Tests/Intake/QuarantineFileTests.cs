using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Intake;

public sealed class QuarantineFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Rows_stand_under_the_final_name_only_when_the_run_is_complete()
    {
        var path = _folder["q.ndjson"];
        using (var file = new QuarantineFile(path))
        {
            Add(file, "a\"b\n");
            Assert.False(File.Exists(path));
            file.Complete();
        }

        Assert.False(File.Exists(path + ".partial"));
        var row = JsonDocument.Parse(Assert.Single(File.ReadAllLines(path))).RootElement;
        Assert.Equal("outOfRange", row.GetProperty("reason").GetString());
        Assert.Equal("data.costMicros", row.GetProperty("detail").GetString());
        Assert.Equal("in.ndjson", row.GetProperty("file").GetString());
        Assert.Equal((3, 77, 4), (row.GetProperty("line").GetInt64(), row.GetProperty("offset").GetInt64(), row.GetProperty("length").GetInt64()));
        Assert.Equal("a\"b\n", row.GetProperty("text").GetString());
    }

    [Fact]
    public void A_row_is_on_its_way_to_disk_as_soon_as_it_is_added()
    {
        using var file = new QuarantineFile(_folder["q"]);
        Add(file, "x");
        using var reader = new StreamReader(new FileStream(_folder["q.partial"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.EndsWith("}\n", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept_as_base64()
    {
        byte[] raw = [0xff, 0xfe, 0x00];
        using (var file = new QuarantineFile(_folder["q"]))
        {
            file.Add(Rejected(raw, 3));
            file.Complete();
        }

        Assert.Equal(raw, JsonDocument.Parse(File.ReadAllText(_folder["q"])).RootElement.GetProperty("base64").GetBytesFromBase64());
    }

    [Fact]
    public void A_head_that_was_cut_within_a_character_is_still_text()
    {
        var cut = Encoding.UTF8.GetBytes("ab😀")[..5];
        using (var file = new QuarantineFile(_folder["q"]))
        {
            file.Add(Rejected(cut, 100));
            file.Complete();
        }

        Assert.Equal("ab", JsonDocument.Parse(File.ReadAllText(_folder["q"])).RootElement.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void After_a_crash_a_resumed_run_goes_on_after_the_last_whole_row_and_another_starts_afresh(bool resume, int rows)
    {
        using (var crashed = new QuarantineFile(_folder["q"]))
        {
            Add(crashed, new string('x', 5000));
        }

        File.AppendAllText(_folder["q.partial"], "{\"reason\":\"cut" + new string('y', 9000));
        using (var file = new QuarantineFile(_folder["q"], resume))
        {
            Add(file, "z");
            file.Complete();
        }

        var lines = File.ReadAllLines(_folder["q"]);
        Assert.Equal(rows, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line));
    }

    [Fact]
    public void Nobody_but_the_owner_reads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no permission bits.");
            return;
        }

        using (var file = new QuarantineFile(_folder["q"]))
        {
            file.Complete();
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["q"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_clear_error()
    {
        var file = _folder.Write("file", "");
        Assert.Contains("cannot be written", Assert.Throws<InputException>(() => new QuarantineFile(Path.Combine(file, "q"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Add(QuarantineFile file, string raw) => file.Add(Rejected(Encoding.UTF8.GetBytes(raw), raw.Length));

    private static RejectedEvent Rejected(byte[] raw, long length) => new()
    {
        Rejection = new(RejectReason.OutOfRange, "data.costMicros"),
        Position = new("in.ndjson", 3, 77),
        Raw = raw,
        Length = length,
    };
}
