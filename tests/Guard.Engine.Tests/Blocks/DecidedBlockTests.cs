using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Blocks;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Blocks;

public sealed class DecidedBlockTests
{
    [Fact]
    public void What_a_decision_needs_is_read_as_it_was_written()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (batch, decided, order) = Draw(random, random.Next(0, 60));
            var written = Write(batch, decided, order);

            var block = new DecidedBlock(Block(batch, written));
            var (read, readOrder) = (new EventBatch(), new AdmittedOrder());
            block.CopyTo(read, readOrder);

            Assert.Equal((7, 1234567L, batch.Clicks.Length), (block.Policy, block.Time, block.Count));
            Assert.Equal(batch.Clicks.ToArray().Select(WithoutTexts), read.Clicks.ToArray());
            Assert.Equal(batch.Purchases.ToArray(), read.Purchases.ToArray());
            Assert.Equal(batch.Telemetry.Select(point => (point.Stream, point.Time, string.Join(' ', point.Values))), read.Telemetry.Select(point => (point.Stream, point.Time, string.Join(' ', point.Values))));
            Assert.Equal(order.Kinds.ToArray(), readOrder.Kinds.ToArray());
            Assert.Equal(order.Keys.ToArray(), readOrder.Keys.ToArray());
            Assert.Equal(order.DuplicateTimes.ToArray(), readOrder.DuplicateTimes.ToArray());
            var features = new float[ClickFeatures.Schema.Width];
            for (var row = 0; row < block.Count; row++)
            {
                block.CopyFeatures(row, features);
                Assert.Equal(decided.Decisions[row], block.DecisionOf(row));
                Assert.Equal(decided.Row(row).ToArray(), features);
                Assert.Equal(TextsOf(batch, batch.Clicks[row]), block.TextsOf(row));
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public void No_address_and_no_user_agent_is_written()
    {
        var (batch, decided, order) = Draw(new Random(3), 40);

        var written = Encoding.UTF8.GetString(Write(batch, decided, order));

        Assert.DoesNotContain("192.0.2.", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Mozilla", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_is_cut_short_or_altered_is_refused_and_never_read_past_its_end()
    {
        var (batch, decided, order) = Draw(new Random(4), 20);
        var written = Write(batch, decided, order);
        for (var length = 0; length < written.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => new DecidedBlock(Block(batch, written[..length])));
        }

        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => new DecidedBlock(Block(batch, [written[0], 9, .. written[2..]]))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new DecidedBlock(Block(batch, [.. written, 0])));
    }

    private static (EventBatch Batch, DecidedBatch Decided, AdmittedOrder Order) Draw(Random random, int clicks)
    {
        var (batch, decided, order) = (new EventBatch(), new DecidedBatch(), new AdmittedOrder());
        foreach (var (click, id) in RandomTraffic.Clicks(random.Next(), clicks))
        {
            batch.Add(click with
            {
                Sequence = click.Sequence + 100,
                IdText = batch.AddText(Encoding.UTF8.GetBytes(id)),
                SourceText = batch.AddText("/ads"u8),
                UserAgentText = batch.AddText("Mozilla"u8),
                AddressText = batch.AddText("192.0.2.7"u8),
                CampaignText = batch.AddText(Encoding.UTF8.GetBytes(new string('ü', random.Next(0, 3)))),
            });
            order.Add(new Arrival(EventKind.Click, (ulong)random.NextInt64(), click.Time), IntakeOutcome.Accepted);
            if (random.Next(4) == 0)
            {
                order.Add(new Arrival((EventKind)random.Next(1, 4), (ulong)random.NextInt64(), random.NextInt64()), IntakeOutcome.Duplicate);
            }

            if (random.Next(6) == 0)
            {
                batch.Add(new Purchase(random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), random.NextInt64()));
                batch.Add(new TelemetryPoint($"ström.{random.Next(9)}", random.NextInt64(), [.. Enumerable.Range(0, random.Next(1, 5)).Select(index => index == 2 ? double.NaN : random.NextDouble())]));
            }
        }

        decided.Resize(clicks);
        for (var row = 0; row < clicks; row++)
        {
            decided.Decisions[row] = new Decision
            {
                Verdict = (Verdict)random.Next(3),
                Stage = (DecisionStage)random.Next(4),
                ListEntry = random.Next(-1, 9),
                Score = random.NextSingle(),
                Threshold = random.Next(5) == 0 ? float.PositiveInfinity : random.NextSingle(),
                Slice = Slice.Of(batch.Clicks[row]),
                ThresholdSlice = Slice.FromCode(random.Next(Slice.Count)),
            };
        }

        foreach (ref var value in decided.Features)
        {
            value = random.NextSingle();
        }

        return (batch, decided, order);
    }

    private static byte[] Write(EventBatch batch, DecidedBatch decided, AdmittedOrder order)
    {
        var output = new ArrayBufferWriter<byte>();
        DecidedBlockWriter.Write(output, batch, decided, order, policy: 7, time: 1234567);
        return output.WrittenSpan.ToArray();
    }

    private static LogBlock Block(EventBatch batch, byte[] payload)
    {
        var keys = MemoryMarshal.AsBytes<ulong>(batch.Clicks.ToArray().Select(click => click.Id).ToArray()).ToArray();
        return new LogBlock(new BlockHeader(5, 101, batch.Clicks.Length, batch.Clicks.Length, payload.Length, 0, 0), (byte[])[.. keys, .. payload]);
    }

    private static Click WithoutTexts(Click click) => click with
    {
        IdText = default,
        SourceText = default,
        UserAgentText = default,
        AddressText = default,
        CampaignText = default,
        AdvertiserText = default,
    };

    private static (string Id, string Source, string Campaign, string Advertiser) TextsOf(EventBatch batch, in Click click) =>
        (TextOf(batch, click.IdText), TextOf(batch, click.SourceText), TextOf(batch, click.CampaignText), TextOf(batch, click.AdvertiserText));

    private static string TextOf(EventBatch batch, TextRange range) => Encoding.UTF8.GetString(batch.Text(range));
}
