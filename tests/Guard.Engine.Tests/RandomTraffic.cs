using System.Text;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Engine.Tests;

/// <summary>Clicks, and a policy to decide them by, drawn from a seed.</summary>
internal static class RandomTraffic
{
    private const long Start = 1_767_225_600_000;

    /// <summary>Draws clicks of a few hundred users behind some addresses, some late, numbered from 1.</summary>
    public static (Click Click, string Id)[] Clicks(int seed, int count)
    {
        var random = new Random(seed);
        var clicks = new (Click, string)[count];
        var time = Start;
        for (var index = 0; index < count; index++)
        {
            time += random.Next(0, 4000);
            var user = (ulong)random.Next(1, 300);
            var late = random.Next(20) == 0;
            clicks[index] = (new Click
            {
                Sequence = index + 1,
                Time = late ? time - random.Next(0, 300_000) : time,
                Id = (ulong)index + 1,
                User = user * 0x9E3779B97F4A7C15,
                Session = (user * 8 + (ulong)random.Next(1, 4)) * 0xD1B54A32D192ED03,
                Entity = random.Next(30) == 0 ? 0 : (ulong)random.Next(1, 60) * 0xA0761D6478BD642F,
                UserAgent = (ulong)random.Next(1, 12) * 0xE7037ED1A0B428DB,
                CostMicros = random.Next(1, 1_000_000),
                Device = (DeviceType)random.Next(0, 5),
                Marketplace = Marketplace.FromCode(random.Next(0, 4)),
                Traits = (random.Next(2) == 0 ? ClickTraits.LoggedIn : ClickTraits.None) | (late ? ClickTraits.Late : ClickTraits.None),
            }, $"click-{index}");
        }

        return clicks;
    }

    /// <summary>Appends clicks with their texts to a batch.</summary>
    public static void Fill(EventBatch batch, ReadOnlySpan<(Click Click, string Id)> clicks)
    {
        batch.Clear();
        foreach (var (click, id) in clicks)
        {
            batch.Add(click with
            {
                IdText = batch.AddText(Encoding.UTF8.GetBytes(id)),
                SourceText = batch.AddText("/ads/click/eu1"u8),
                UserAgentText = batch.AddText(click.UserAgent % 4 == 0 ? "Googlebot/2.1"u8 : "Mozilla/5.0 Firefox/141.0"u8),
                CampaignText = batch.AddText("campaign-1"u8),
            });
        }
    }

    /// <summary>Draws a network, and calibrates thresholds on random scores.</summary>
    public static DecisionPolicy Policy(int seed)
    {
        var random = new Random(seed);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - .5))];
        var width = ClickFeatures.Schema.Width;
        var network = new Network("random", ClickFeatures.Schema, new NetworkWeights
        {
            Weight1 = [.. Draw(32 * width)],
            Bias1 = [.. Draw(32)],
            Weight2 = [.. Draw(16 * 32)],
            Bias2 = [.. Draw(16)],
            Weight3 = [.. Draw(16)],
            Bias3 = 0,
            InputMean = [.. Draw(width)],
            InputScale = [.. Enumerable.Repeat(1f, width)],
            Reference = [.. Draw(width)],
        });

        var facts = Clicks(seed, 4000).Select(item => ClickFacts.Of(item.Click)).ToArray();
        var scores = facts.Select(_ => (float)random.NextDouble()).ToArray();
        var purchasing = facts.Select(_ => random.Next(5) == 0).ToArray();
        var thresholds = ThresholdCalibrator.Calibrate(
            new CalibrationSample(scores, purchasing, facts), new CalibrationOptions { Budget = .4, MinimumPurchasing = 20 }, network.Version);
        return new DecisionPolicy(network, thresholds, AccessList.Empty, CrawlerList.BuiltIn);
    }
}
