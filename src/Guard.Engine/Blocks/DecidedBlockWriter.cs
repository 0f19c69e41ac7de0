using System.Buffers;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Pipeline;

namespace Guard.Engine.Blocks;

/// <summary>
/// Writes a decided batch as a block's payload: columns, so that a reader skips what it does not need. Addresses, user agents
/// and what else no decision names are left out. The keyed hash of each click id stands beside the payload, as the log's key.
/// </summary>
internal static class DecidedBlockWriter
{
    public const byte Version = 1;

    /// <summary>Kind, version, zero, policy, time, counts of clicks, purchases, readings, admitted events, duplicates.</summary>
    public const int HeaderBytes = 1 + 1 + 2 + 4 + 8 + (5 * sizeof(int));

    /// <summary>The bytes of a purchase: time, click, user, order, value.</summary>
    public const int PurchaseBytes = 5 * sizeof(long);

    /// <summary>The bytes of a reading beside its name and values: time, their lengths.</summary>
    public const int ReadingBytes = sizeof(long) + (2 * sizeof(ushort));

    /// <summary>The bytes of a click beside features and texts: six long columns, marketplace, device, traits, verdict with stage, list entry, score, threshold, threshold's slice, four lengths.</summary>
    public const int ClickBytes = (6 * sizeof(long)) + 2 + 1 + 1 + 1 + (3 * sizeof(int)) + 2 + (4 * sizeof(ushort));

    /// <summary>Writes a batch.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="batch">The events.</param>
    /// <param name="decided">The decisions.</param>
    /// <param name="order">The order of admission.</param>
    /// <param name="policy">The number of the policy that decided.</param>
    /// <param name="time">The host's clock, in Unix milliseconds.</param>
    public static void Write(IBufferWriter<byte> output, EventBatch batch, DecidedBatch decided, AdmittedOrder order, int policy, long time)
    {
        var length = Length(batch, order);
        var memory = output.GetSpan(length)[..length];
        var writer = new ColumnWriter(memory);
        writer.Write((byte)BlockKind.Decided);
        writer.Write(Version);
        writer.Write((ushort)0);
        writer.Write(policy);
        writer.Write(time);
        writer.Write(batch.Clicks.Length);
        writer.Write(batch.Purchases.Length);
        writer.Write(batch.Telemetry.Count);
        writer.Write(order.Count);
        writer.Write(order.DuplicateTimes.Length);
        WriteOrder(ref writer, order);
        WriteClicks(ref writer, batch.Clicks);
        WriteDecisions(ref writer, decided, batch.Clicks.Length);
        WriteTexts(ref writer, batch);
        WritePurchases(ref writer, batch.Purchases);
        WriteTelemetry(ref writer, batch.Telemetry);
        if (!writer.IsFull)
        {
            throw new InvalidOperationException("A block's length was measured wrongly.");
        }

        output.Advance(length);
    }

    private static int Length(EventBatch batch, AdmittedOrder order)
    {
        var length = (long)HeaderBytes + (order.Count * (1 + sizeof(ulong))) + (order.DuplicateTimes.Length * sizeof(long))
            + ((long)batch.Clicks.Length * (ClickBytes + (ClickFeatures.Schema.Width * sizeof(float)))) + ((long)batch.Purchases.Length * PurchaseBytes);
        foreach (ref readonly var click in batch.Clicks)
        {
            length += click.IdText.Length + click.SourceText.Length + click.CampaignText.Length + click.AdvertiserText.Length;
        }

        foreach (var point in batch.Telemetry)
        {
            length += ReadingBytes + Encoding.UTF8.GetByteCount(point.Stream) + (point.Values.Count * sizeof(double));
        }

        return checked((int)length);
    }

    private static void WriteOrder(ref ColumnWriter writer, AdmittedOrder order)
    {
        writer.Write(order.Kinds);
        foreach (var key in order.Keys)
        {
            writer.Write(key);
        }

        foreach (var time in order.DuplicateTimes)
        {
            writer.Write(time);
        }
    }

    private static void WriteClicks(ref ColumnWriter writer, ReadOnlySpan<Click> clicks)
    {
        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.Time);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.User);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.Session);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.Entity);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.UserAgent);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.CostMicros);
        }

        foreach (ref readonly var click in clicks)
        {
            writer.Write(click.Marketplace.Code);
            writer.Write((byte)click.Device);
            writer.Write((byte)click.Traits);
        }
    }

    private static void WriteDecisions(ref ColumnWriter writer, DecidedBatch decided, int clicks)
    {
        foreach (ref readonly var decision in decided.Decisions[..clicks])
        {
            writer.Write((byte)((int)decision.Verdict | ((int)decision.Stage << 4)));
        }

        foreach (ref readonly var decision in decided.Decisions[..clicks])
        {
            writer.Write(decision.ListEntry);
        }

        foreach (ref readonly var decision in decided.Decisions[..clicks])
        {
            writer.Write(decision.Score);
        }

        foreach (ref readonly var decision in decided.Decisions[..clicks])
        {
            writer.Write(decision.Threshold);
        }

        foreach (ref readonly var decision in decided.Decisions[..clicks])
        {
            writer.Write((ushort)decision.ThresholdSlice.Code);
        }

        foreach (var value in decided.Features[..(clicks * ClickFeatures.Schema.Width)])
        {
            writer.Write(value);
        }
    }

    private static void WriteTexts(ref ColumnWriter writer, EventBatch batch)
    {
        foreach (ref readonly var click in batch.Clicks)
        {
            writer.Write((ushort)click.IdText.Length);
            writer.Write((ushort)click.SourceText.Length);
            writer.Write((ushort)click.CampaignText.Length);
            writer.Write((ushort)click.AdvertiserText.Length);
        }

        foreach (ref readonly var click in batch.Clicks)
        {
            writer.Write(batch.Text(click.IdText));
            writer.Write(batch.Text(click.SourceText));
            writer.Write(batch.Text(click.CampaignText));
            writer.Write(batch.Text(click.AdvertiserText));
        }
    }

    private static void WritePurchases(ref ColumnWriter writer, ReadOnlySpan<Purchase> purchases)
    {
        foreach (ref readonly var purchase in purchases)
        {
            writer.Write(purchase.Time);
            writer.Write(purchase.Click);
            writer.Write(purchase.User);
            writer.Write(purchase.Order);
            writer.Write(purchase.ValueMicros);
        }
    }

    private static void WriteTelemetry(ref ColumnWriter writer, IReadOnlyList<TelemetryPoint> points)
    {
        foreach (var point in points)
        {
            var name = Encoding.UTF8.GetBytes(point.Stream);
            writer.Write(point.Time);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)point.Values.Count);
            writer.Write(name);
            for (var index = 0; index < point.Values.Count; index++)
            {
                writer.Write(point.Values[index]);
            }
        }
    }
}
