using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Decisions;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Policy;

namespace Guard.Engine.Hosting;

/// <summary>Takes events in: decodes them on the caller's thread, and hands them to the loop.</summary>
internal sealed class LocalIngest(IntakeQueue queue, ArrivedPool pool, PartitionLog log, DecisionLog decisions, BatchLoop loop, TimeSpan diskPatience, TimeProvider time) : IIngest
{
    /// <summary>What a delivery takes of the queue's room beside its bytes.</summary>
    private const int Overhead = 1_024;
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async ValueTask<Receipt> SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var delivery = Begin(events.Length, wantsDecision: false);
        Decode(delivery, reader => reader.Read(events.Span, time.GetUtcNow().ToUnixTimeMilliseconds(), delivery));
        if (TryEnqueue(delivery))
        {
            await AnswerAsync(delivery, cancellationToken);
        }

        return delivery.Receipt;
    }

    /// <inheritdoc/>
    public async ValueTask<ScoredClick> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var delivery = Begin(click.Length, wantsDecision: true);
        Decode(delivery, reader => reader.ReadOne(click.Span, time.GetUtcNow().ToUnixTimeMilliseconds(), delivery, clickOnly: true));
        if (delivery.Arrived.Count == 0)
        {
            TryEnqueue(delivery);
            return new ScoredClick(null, delivery.Receipt.Rejections[0], Duplicate: false);
        }

        var arrived = delivery.Arrived.Clicks[0];
        var texts = (Id: TextOf(delivery, arrived.IdText), Source: TextOf(delivery, arrived.SourceText),
            Campaign: TextOf(delivery, arrived.CampaignText), Advertiser: TextOf(delivery, arrived.AdvertiserText));
        TryEnqueue(delivery);
        await AnswerAsync(delivery, cancellationToken);
        return delivery.Scored is { } scored
            ? new ScoredClick(Kept(scored, texts.Id, texts.Source, texts.Campaign, texts.Advertiser), null, Duplicate: false) { IsDurable = delivery.IsDurable }
            : new ScoredClick(await decisions.FindAsync(texts.Id, texts.Source, cancellationToken), null, Duplicate: true);
    }

    private static string TextOf(Delivery delivery, TextRange range) => Encoding.UTF8.GetString(delivery.Arrived.Text(range));

    private static KeptDecision Kept(ScoredRow scored, string id, string source, string campaign, string advertiser)
    {
        Span<Reasons> reasons = [default];
        DecisionReasons.Explain(scored.Policy.Scorer, scored.Features, [scored.Decision], reasons);
        return new KeptDecision
        {
            Number = scored.Click.Sequence,
            ClickId = id,
            Source = source,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(scored.Click.Time),
            Decision = scored.Decision,
            Reasons = reasons[0],
            ListReason = scored.Decision.Stage == DecisionStage.Model ? null : KeptPolicy.Of(scored.Policy, 0).ListReasonOf(scored.Decision),
            Features = scored.Features,
            Model = scored.Policy.Scorer.Version,
            Thresholds = scored.Policy.Thresholds.Version,
            Traits = scored.Click.Traits,
            CostMicros = scored.Click.CostMicros,
            CampaignId = campaign,
            AdvertiserId = advertiser,
        };
    }

    private static BusyException Unwritable(LogHealth health) => Acknowledger.Unfit($"the log cannot be written: {health.Reason}");

    /// <summary>Waits until a delivery is durable or its decision is due; where the disk takes nothing, only as long as patience goes.</summary>
    private async Task AnswerAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var wait = diskPatience;
        while (true)
        {
            try
            {
                await delivery.Answer.WaitAsync(wait, time, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                // While the disk writes, a long wait is a long queue.
                wait = diskPatience;
                if (log.Health is { Condition: not LogCondition.Writing } health)
                {
                    wait = diskPatience - (time.GetUtcNow() - health.Since);
                    if (wait <= TimeSpan.Zero)
                    {
                        throw Unwritable(health);
                    }
                }
            }
        }
    }

    private Delivery Begin(int length, bool wantsDecision)
    {
        if (loop.Fault is { } fault)
        {
            throw Acknowledger.Unfit(fault);
        }

        if (log.Health is { Condition: not LogCondition.Writing } health)
        {
            throw Unwritable(health);
        }

        var charge = length + Overhead;
        if (!queue.TryReserve(charge))
        {
            throw queue.IsClosed ? Acknowledger.Unfit("the host is stopping") : new BusyException("more events wait than the host holds", s_retry);
        }

        return new Delivery(pool.RentArrived(), time.GetTimestamp(), charge) { WantsDecision = wantsDecision };
    }

    private void Decode(Delivery delivery, Action<BodyReader> read)
    {
        var reader = pool.RentReader();
        try
        {
            read(reader);
        }
        catch
        {
            queue.Release(delivery.Charge);
            throw;
        }

        pool.Return(reader);
    }

    private bool TryEnqueue(Delivery delivery)
    {
        if (delivery.Arrived.Count > 0)
        {
            queue.Enqueue(delivery);
            return true;
        }

        pool.Return(delivery.Arrived);
        queue.Release(delivery.Charge);
        return false;
    }
}
