using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Grains.Deciding;

/// <summary>A click and its decision as a segment keeps them. The layout is that of saved segments: it never changes, another one gets another name.</summary>
internal readonly record struct DecidedRow
{
    public DecidedRow(in Click click, in Decision decision)
    {
        (Time, Click, User, Session, CostMicros) = (click.Time, click.Id, click.User, click.Session, click.CostMicros);
        (Slice, ThresholdSlice) = (decision.Slice.Code, decision.ThresholdSlice.Code);
        (Score, Threshold) = (decision.Score, decision.Threshold);
        (ListEntry, Traits) = (decision.ListEntry, (int)click.Traits);
        (Verdict, Stage) = ((int)decision.Verdict, (int)decision.Stage);
    }

    public long Time { get; }

    public ulong Click { get; }

    public ulong User { get; }

    public ulong Session { get; }

    public long CostMicros { get; }

    public int Slice { get; }

    public int ThresholdSlice { get; }

    public float Score { get; }

    public float Threshold { get; }

    public int ListEntry { get; }

    public int Traits { get; }

    public int Verdict { get; }

    public int Stage { get; }

    public ClickFacts Facts() =>
        new(Time, Click, User, Session, CostMicros, Core.Clicks.Slice.FromCode(Slice), ((ClickTraits)Traits & ClickTraits.LoggedIn) != ClickTraits.None);

    public Decision Decision() => new()
    {
        Verdict = (Verdict)Verdict,
        Stage = (DecisionStage)Stage,
        ListEntry = ListEntry,
        Score = Score,
        Threshold = Threshold,
        Slice = Core.Clicks.Slice.FromCode(Slice),
        ThresholdSlice = Core.Clicks.Slice.FromCode(ThresholdSlice),
    };
}
