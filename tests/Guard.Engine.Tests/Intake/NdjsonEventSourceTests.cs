using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Engine.Intake;
using static Guard.Engine.Tests.Intake.Samples;

namespace Guard.Engine.Tests.Intake;

public sealed class NdjsonEventSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Rows _rows = new();

    [Theory]
    [InlineData("\n", "", "")]
    [InlineData("\r\n", "", "\r\n")]
    [InlineData("\n\n  \n", "\n \n", "\n\n")]
    [InlineData(",", "[", "]")]
    [InlineData(" ,\r\n", "\n [\n", "\n]\n")]
    [InlineData("]\n[", "[", "]\n[]\n")]
    public async Task Lines_and_arrays_give_the_same_events_with_their_lines_and_offsets(string separator, string before, string after)
    {
        var content = before + Click("1") + separator + "{broken}" + separator + Click("2") + after;
        var (ids, _) = await ReadAsync(_folder.Write("in", content), maximum: 10);
        Assert.Equal(["1", "2"], ids);
        var row = Assert.Single(_rows.All);
        var offset = content.IndexOf("{broken}", StringComparison.Ordinal);
        Assert.Equal(new EventPosition(_folder["in"], 1 + content[..offset].Count(c => c == '\n'), offset), row.Position);
        Assert.Equal("{broken}", row.Raw);
    }

    [Fact]
    public async Task A_batch_holds_at_most_the_maximum_and_the_end_comes_once()
    {
        var path = _folder.Write("in", string.Join('\n', Enumerable.Range(0, 7).Select(i => Click($"{i}"))));
        var (ids, batches) = await ReadAsync(path, maximum: 3);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], ids);
        Assert.Equal([3, 3, 1], batches);
    }

    [Fact]
    public async Task Several_files_are_one_stream_plain_or_gzip_with_or_without_byte_order_mark()
    {
        string[] paths =
        [
            _folder.Write("a", "\ufeff" + Click("1")), _folder.Write("b.gz", Gzip(Click("2") + "\n" + Click("1"))),
            _folder.Write("c", ""), _folder.Write("d", "[" + Click("3") + "]"),
        ];
        var intake = Intake();
        var (ids, _) = await ReadAsync(new NdjsonEventSource(paths, intake, null), 100);
        Assert.Equal(["1", "2", "3"], ids);
        Assert.Equal(1, intake.Counts.Duplicates);
    }

    [Fact]
    public async Task Blocks_of_any_size_give_the_same_events_and_positions()
    {
        var padding = new string(' ', 3000);
        foreach (var array in new[] { false, true })
        {
            var pieces = Enumerable.Range(0, 200).Select(i => i % 17 == 3 ? "{\"a\":\"\\\"\\\\" + new string('x', i * 500) + "\"}" : Click($"{i}") + (i % 5 == 0 && array ? padding + "\n" : ""));
            var content = Encoding.UTF8.GetBytes((array ? "[" : "") + string.Join(array ? "," : "\n", pieces) + (array ? "]" : ""));
            var expected = await ReadAsync(new NdjsonEventSource(new MemoryStream(content), "s", Intake(), null), 50);
            var rows = _rows.All.ToArray();
            Assert.Equal(188, expected.Ids.Count);
            Assert.Equal(12, rows.Length);
            Assert.Equal((8, 4), (rows.Count(r => r.Rejection.Reason == RejectReason.MissingField), rows.Count(r => r.Rejection.Reason == RejectReason.EventTooLong)));
            foreach (var seed in new[] { 1, 2, 3 })
            {
                _rows.All.Clear();
                var actual = await ReadAsync(new NdjsonEventSource(new DribblingStream(content, new Random(seed)), "s", Intake(), null), 50);
                Assert.Equal(expected.Ids, actual.Ids);
                Assert.Equal(rows, _rows.All);
            }

            _rows.All.Clear();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_of_ten_megabytes_is_passed_over_and_its_head_quarantined(bool array)
    {
        var blob = "{\"specversion\":\"" + new string('x', 10_000_000) + "\"}";
        var content = array ? "[" + Click("1") + ",\n" + blob + "," + Click("2") + "]" : Click("1") + "\n" + blob + "\n" + Click("2");
        var (ids, _) = await ReadAsync(_folder.Write("in", content), maximum: 10);
        Assert.Equal(["1", "2"], ids);
        var row = Assert.Single(_rows.All);
        Assert.Equal(RejectReason.EventTooLong, row.Rejection.Reason);
        Assert.InRange(row.Length, blob.Length, blob.Length + 1);
        Assert.StartsWith("{\"specversion\":\"xxx", row.Raw.TrimStart(), StringComparison.Ordinal);
        Assert.Equal(4096, row.Raw.Length);
    }

    [Fact]
    public async Task Memory_is_bounded_whatever_the_length_of_the_stream()
    {
        var intake = Intake();
        var source = new NdjsonEventSource(new EndlessLine(200_000_000), "s", intake, null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(await source.ReadAsync(new EventBatch(), 10));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.Equal(200_000_000, Assert.Single(_rows.All).Length);
    }

    [Fact]
    public async Task A_truncated_gzip_file_delivers_its_intact_part_and_then_says_so()
    {
        var random = new Random(5);
        var lines = Enumerable.Range(0, 3000).Select(i => Click($"{i}-{random.NextInt64():x}")).ToArray();
        var whole = Gzip(string.Join('\n', lines));
        using var source = new NdjsonEventSource([_folder.Write("in.gz", whole[..(whole.Length / 2)])], Intake(), null);
        var ids = new List<string>();
        var error = await Assert.ThrowsAsync<InputException>(() => DrainAsync(source, 100, ids, []));
        Assert.InRange(ids.Count, 1000, 2000);
        Assert.StartsWith($"{_folder["in.gz"]}:{ids.Count + 1}: the gzip data are damaged or cut short here", error.Message, StringComparison.Ordinal);
        Assert.Empty(_rows.All);
    }

    [Fact]
    public async Task An_array_that_is_cut_short_delivers_its_events_and_a_quarantine_row()
    {
        var (ids, _) = await ReadAsync(_folder.Write("in", "[" + Click("1") + "," + Click("2")[..30]), maximum: 10);
        Assert.Equal(["1"], ids);
        Assert.Equal(new(RejectReason.Malformed, "the batch array is cut short"), Assert.Single(_rows.All).Rejection);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\r\n ")]
    [InlineData("[]")]
    public async Task An_empty_file_is_an_error(string content) => await AssertFails(_folder.Write("in", content), "holds no event");

    [Fact]
    public async Task Progress_is_the_share_of_the_files_bytes_that_was_read()
    {
        var content = string.Join('\n', Enumerable.Range(0, 2000).Select(i => Click($"{i}")));
        var progress = new Shares();
        using var source = new NdjsonEventSource([_folder.Write("a", content), _folder.Write("b.gz", Gzip(content))], Intake(), null, progress);

        while (await source.ReadAsync(new EventBatch(), 100, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(progress.Order(), progress);
        Assert.InRange(progress[0], 0.001, 0.999);
        Assert.Equal(1, progress[^1]);
    }

    [Fact]
    public async Task An_empty_gzip_file_is_an_error() => await AssertFails(_folder.Write("in.gz", Gzip("")), "holds no event");

    [Fact]
    public async Task A_binary_file_is_an_error() => await AssertFails(_folder.Write("in", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), "the content is binary");

    [Fact]
    public void A_missing_file_and_a_folder_are_errors_before_anything_is_read()
    {
        Assert.Contains("no such file", Assert.Throws<InputException>(() => new NdjsonEventSource([_folder["none"]], Intake(), null)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<InputException>(() => new NdjsonEventSource([_folder["."]], Intake(), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_in_the_middle_that_are_no_text_cost_one_line()
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(Click("1") + "\n"), 0, 0xff, 0xfe, .. Encoding.UTF8.GetBytes("\n" + Click("2"))];
        var (ids, _) = await ReadAsync(_folder.Write("in", content), 10);
        Assert.Equal(["1", "2"], ids);
        Assert.Equal((RejectReason.Malformed, 2L), (_rows.All[0].Rejection.Reason, _rows.All[0].Position.Line));
    }

    [Fact]
    public void No_bytes_make_the_source_throw_anything_but_an_input_error()
    {
        var bytes = Gen.Elements("[", "]", "{", "}", ",", "\"", "\\", "\n", " ", "\0", "x", Click("1"), new string('y', 70_000)).ListOf();
        Prop.ForAll(bytes.ToArbitrary(), parts =>
        {
            using var source = new NdjsonEventSource(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(parts))), "s", Intake(), null);
            try
            {
                DrainAsync(source, 5, [], []).GetAwaiter().GetResult();
            }
            catch (InputException)
            {
                return true;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertFails(string path, string problem)
    {
        using var source = new NdjsonEventSource([path], Intake(), null);
        var error = await Assert.ThrowsAsync<InputException>(() => DrainAsync(source, 10, [], []));
        Assert.StartsWith($"{path}: {problem}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private EventIntake Intake() => new(new IntakeOptions(), Hash, _rows);

    private Task<(List<string> Ids, List<int> Batches)> ReadAsync(string path, int maximum) => ReadAsync(new NdjsonEventSource([path], Intake(), null), maximum);

    private static async Task<(List<string> Ids, List<int> Batches)> ReadAsync(NdjsonEventSource source, int maximum)
    {
        var (ids, batches) = (new List<string>(), new List<int>());
        using (source)
        {
            await DrainAsync(source, maximum, ids, batches);
            Assert.False(await source.ReadAsync(new EventBatch(), maximum));
        }

        return (ids, batches);
    }

    private static async Task DrainAsync(NdjsonEventSource source, int maximum, List<string> ids, List<int> batches)
    {
        var batch = new EventBatch();
        while (await source.ReadAsync(batch, maximum))
        {
            batches.Add(batch.Clicks.Length);
            foreach (var click in batch.Clicks)
            {
                ids.Add(Encoding.UTF8.GetString(batch.Text(click.IdText)));
            }
        }

        Assert.Equal(0, batch.Clicks.Length);
    }

    private sealed class DribblingStream(byte[] content, Random random) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, random.Next(4) == 0 ? 3 : 9000))], cancellationToken);
    }

    private sealed class EndlessLine(long length) : MemoryStream
    {
        private long _left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(_left, buffer.Length);
            buffer.Span[..read].Fill((byte)'x');
            _left -= read;
            return new(read);
        }
    }

    private sealed class Shares : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }
}
