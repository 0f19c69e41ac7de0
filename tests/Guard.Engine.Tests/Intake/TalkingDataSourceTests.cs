using System.Text;
using Guard.Core.Clicks;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Intake;

public sealed class TalkingDataSourceTests : IDisposable
{
    private const string Header = "..ip,app,device,os,channel,click_time,attributed_time,is_attributed\n";
    private readonly TemporaryFolder _folder = new();
    private readonly Rows _rows = new();

    [Fact]
    public async Task Rows_come_by_time_and_a_purchase_after_every_click_that_is_not_newer()
    {
        var path = _folder.Write("td.csv", Header
            + "7,12,1,13,497,2017-11-07 09:30:38,,0\n"
            + "7,12,1,13,498,2017-11-07 09:30:36,2017-11-07 09:30:37,1\n"
            + "7,12,1,14,497,2017-11-07 09:30:37,,0\r\n"
            + "8,3,1,13,497,2017-11-07 09:30:38,2017-11-08 00:00:00,1");
        var (clicks, purchases, order) = await ReadAsync(path, 1);
        Assert.Equal(["row-3", "row-4", "purchase", "row-2", "row-5", "purchase"], order);
        Assert.Equal([1L, 2L, 3L, 4L], clicks.Select(c => c.Sequence));
        Assert.Equal(1_510_047_036_000, clicks[0].Time); // date -u -d '2017-11-07 09:30:36' +%s
        Assert.Equal([clicks[0].Id, clicks[3].Id], purchases.Select(p => p.Click));
        Assert.Equal([clicks[0].User, clicks[3].User], purchases.Select(p => p.User));
        Assert.Equal([1_510_047_037_000, 1_510_099_200_000], purchases.Select(p => p.Time));
        Assert.Equal(2, purchases.Select(p => p.Order).Distinct().Count());
    }

    [Fact]
    public async Task The_user_is_ip_device_and_system_and_app_and_channel_change_no_identity()
    {
        var path = _folder.Write("td.csv", Header
            + "7,1,1,13,1,2017-11-07 09:00:00,,0\n" + "7,2,1,13,2,2017-11-07 09:00:01,,0\n"
            + "8,1,1,13,1,2017-11-07 09:00:02,,0\n" + "7,1,2,13,1,2017-11-07 09:00:03,,0\n" + "7,1,1,14,1,2017-11-07 09:00:04,,0\n");
        var (clicks, _, _) = await ReadAsync(path, 100);
        Assert.Equal((clicks[0].User, clicks[0].Entity, clicks[0].UserAgent), (clicks[1].User, clicks[1].Entity, clicks[1].UserAgent));
        Assert.Equal(4, clicks.Select(c => c.User).Distinct().Count());
        Assert.Equal(2, clicks.Select(c => c.Entity).Distinct().Count());
        Assert.Equal(3, clicks.Select(c => c.UserAgent).Distinct().Count());
    }

    [Theory]
    [InlineData("1,2,3,4,5,2017-11-07 09:00:00,,0,9", RejectReason.Malformed, "the row has not 8 columns")]
    [InlineData("x,2,3,4,5,2017-11-07 09:00:00,,0", RejectReason.Malformed, "ip")]
    [InlineData("1,2,3,-4,5,2017-11-07 09:00:00,,0", RejectReason.Malformed, "os")]
    [InlineData("1,2,3,4,5x,2017-11-07 09:00:00,,0", RejectReason.Malformed, "channel")]
    [InlineData("1,2,3,4,5,,,0", RejectReason.MissingField, "click_time")]
    [InlineData("1,2,3,4,5,2017-11-07T09:00:00Z,,0", RejectReason.InvalidTime, "click_time")]
    [InlineData("1,2,3,4,5,1601-01-01 00:00:00,,0", RejectReason.OutOfRange, "click_time")]
    [InlineData("1,2,3,4,5,2017-11-07 09:00:00,,1", RejectReason.MissingField, "attributed_time")]
    [InlineData("1,2,3,4,5,2017-11-07 09:00:00,2017-11-07 08:59:59,1", RejectReason.OutOfRange, "attributed_time is before click_time")]
    [InlineData("1,2,3,4,5,2017-11-07 09:00:00,,2", RejectReason.Malformed, "is_attributed")]
    public async Task A_bad_row_goes_to_quarantine_with_its_line(string bad, RejectReason reason, string detail)
    {
        var path = _folder.Write("td.csv", Header + "1,2,3,4,5,2017-11-07 09:00:00,,0\n" + bad + "\n1,2,3,4,5,2017-11-07 09:00:00,,0\n");
        var (clicks, _, _) = await ReadAsync(path, 100);
        Assert.Equal(2, clicks.Count);
        var row = Assert.Single(_rows.All);
        Assert.Equal((new Rejection(reason, detail), 3L, bad), (row.Rejection, row.Position.Line, row.Raw));
    }

    [Theory]
    [InlineData("", "holds no row")]
    [InlineData("a,b\n1,2\n", "the header is not TalkingData's")]
    public async Task A_file_of_another_kind_is_an_error(string content, string problem)
    {
        var path = _folder.Write("td.csv", content);
        Assert.Contains(problem, (await Assert.ThrowsAsync<InputException>(() => ReadAsync(path, 10))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_gzip_file_delivers_its_intact_part_and_then_says_so()
    {
        var random = new Random(3);
        var whole = Samples.Gzip(Header + string.Concat(Enumerable.Range(0, 5000).Select(_ => $"{random.Next(99999)},{random.Next(99)},1,{random.Next(99)},{random.Next(500)},2017-11-07 09:{random.Next(10, 60)}:{random.Next(10, 60)},,0\n")));
        var source = new TalkingDataSource(_folder.Write("td.csv.gz", whole[..(whole.Length / 2)]), Samples.Hash, _rows);
        var batch = new EventBatch();
        var error = await Assert.ThrowsAsync<InputException>(async () =>
        {
            while (await source.ReadAsync(batch, 1000))
            {
            }
        });
        Assert.InRange(source.Counts.Clicks, 1500, 3500);
        Assert.StartsWith($"{_folder["td.csv.gz"]}:{source.Counts.Clicks + 2}: the file is damaged or cut short here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_sample_is_read_whole()
    {
        var (clicks, purchases, _) = await ReadAsync(SharedData("clicks/talkingdata_sample.csv"), 4096);
        Assert.Equal((100_000, 227, 0), (clicks.Count, purchases.Count, _rows.All.Count));
        Assert.Equal(Enumerable.Range(1, 100_000).Select(i => (long)i), clicks.Select(c => c.Sequence));
        Assert.Equal(clicks.Select(c => c.Time).Order(), clicks.Select(c => c.Time));
        var known = clicks.ToDictionary(c => c.Id);
        Assert.All(purchases, p => Assert.True(known[p.Click].Time <= p.Time && known[p.Click].User == p.User));
    }

    public void Dispose() => _folder.Dispose();

    private static string SharedData(string file)
    {
        var folder = Environment.GetEnvironmentVariable("GUARD_TEST_DATA");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            var sibling = Path.Combine(at.FullName, "shared", "data");
            folder = Directory.Exists(sibling) ? sibling : null;
        }

        var path = Path.Combine(folder ?? string.Empty, file);
        Assert.SkipUnless(File.Exists(path), $"The data folder with {file} is absent: set GUARD_TEST_DATA to it.");
        return path;
    }

    private async Task<(List<Click> Clicks, List<Purchase> Purchases, List<string> Order)> ReadAsync(string path, int maximum)
    {
        var source = new TalkingDataSource(path, Samples.Hash, _rows);
        var (clicks, purchases, order) = (new List<Click>(), new List<Purchase>(), new List<string>());
        var batch = new EventBatch();
        while (await source.ReadAsync(batch, maximum))
        {
            Assert.InRange(batch.Clicks.Length + batch.Purchases.Length, 1, maximum);
            foreach (var click in batch.Clicks)
            {
                clicks.Add(click);
                order.Add(Encoding.UTF8.GetString(batch.Text(click.IdText)));
            }

            foreach (var purchase in batch.Purchases)
            {
                purchases.Add(purchase);
                order.Add("purchase");
            }
        }

        return (clicks, purchases, order);
    }
}
