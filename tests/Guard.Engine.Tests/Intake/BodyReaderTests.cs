using System.Text;
using Guard.Core.Clicks;
using Guard.Engine.Intake;
using Guard.Engine.Tests.Hosting;

namespace Guard.Engine.Tests.Intake;

public sealed class BodyReaderTests
{
    private readonly Rows _rows = new();
    private readonly BodyReader _reader;

    public BodyReaderTests() => _reader = new BodyReader(new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes])), new IntakeOptions(), _rows);

    [Theory]
    [InlineData("{0}", 1)]
    [InlineData("{0}\n{1}\n", 2)]
    [InlineData("\r\n {0}\r\n\r\n{1}", 2)]
    [InlineData("[{0},{1}]", 2)]
    [InlineData(" [\n{0}\n,\n{1}\n]\n", 2)]
    [InlineData("[]", 0)]
    [InlineData("", 0)]
    public void One_event_an_array_and_lines_are_read(string form, int count)
    {
        var delivery = Read(form.Replace("{0}", Click("a"), StringComparison.Ordinal).Replace("{1}", Click("b"), StringComparison.Ordinal));

        Assert.Equal(count, delivery.Arrived.Count);
        Assert.Equal(0, delivery.Receipt.Quarantined);
    }

    [Fact]
    public void An_event_over_several_lines_is_one()
    {
        var delivery = Read(Click("a").Replace(",\"", ",\n  \"", StringComparison.Ordinal).Replace("{", "{\n", StringComparison.Ordinal));

        Assert.Equal((1, 0), (delivery.Arrived.Count, delivery.Receipt.Quarantined));
    }

    [Fact]
    public void A_broken_first_line_costs_that_line_alone()
    {
        var delivery = Read(Click("a")[..40] + "\n" + Click("b") + "\n" + Click("c"));

        Assert.Equal((2, 1), (delivery.Arrived.Count, delivery.Receipt.Quarantined));
        Assert.Equal((0, 1L, RejectReason.Malformed), (delivery.Receipt.Rejections[0].Index, delivery.Receipt.Rejections[0].Line, delivery.Receipt.Rejections[0].Reason));
    }

    [Fact]
    public void A_reader_carries_nothing_from_one_body_to_the_next()
    {
        foreach (var body in new[] { "[" + Click("a") + ",{\"open", "\"\"\"\n{{{", new string('x', 300_000), "[[[[", Click("a") + "\n" + new string(' ', 200_000) })
        {
            Read(body);
            Assert.Equal((1, 0), Read("[" + Click("z") + "]") is var delivery ? (delivery.Arrived.Count, delivery.Receipt.Quarantined) : default);
        }
    }

    [Fact]
    public void A_receipt_tells_the_first_hundred_rejections_and_counts_and_quarantines_all()
    {
        var delivery = Read(string.Concat(Enumerable.Repeat("x\n", 250)));

        Assert.Equal((250, 100, 250), (delivery.Receipt.Quarantined, delivery.Receipt.Rejections.Count, _rows.Count));
    }

    private static string Click(string id) => TestBodies.Click(id, TestBodies.Start, new Random(1));

    private Delivery Read(string body)
    {
        var delivery = new Delivery(new ArrivedEvents(), 0, 0);
        _reader.Read(Encoding.UTF8.GetBytes(body), TestBodies.Start, delivery);
        return delivery;
    }

    private sealed class Rows : IQuarantine
    {
        public int Count { get; private set; }

        public void Add(in RejectedEvent rejected) => Count++;
    }
}
