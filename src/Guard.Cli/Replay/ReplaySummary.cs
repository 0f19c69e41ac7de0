using System.Globalization;
using Guard.Cli.Terminal;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Spectre.Console;

namespace Guard.Cli.Replay;

/// <summary>What a replay decided, and what became of the events.</summary>
internal sealed record ReplaySummary
{
    public required string Model { get; init; }

    public required string Thresholds { get; init; }

    public required long Clicks { get; init; }

    public required long Valid { get; init; }

    public required long GeneralInvalid { get; init; }

    public required long SophisticatedInvalid { get; init; }

    public required IReadOnlyDictionary<string, long> DecidedBy { get; init; }

    public required long CostMicros { get; init; }

    public required long InvalidCostMicros { get; init; }

    public required long Purchases { get; init; }

    public required long Telemetry { get; init; }

    public required long Duplicates { get; init; }

    public required long Late { get; init; }

    public required long TooLate { get; init; }

    public required IReadOnlyDictionary<string, long> Quarantined { get; init; }

    public static ReplaySummary Of(DecisionTally tally, IntakeCounts counts, DecisionPolicy policy) => new()
    {
        Model = policy.Scorer.Version,
        Thresholds = policy.Thresholds.Version,
        Clicks = tally.Clicks,
        Valid = tally.Of(Verdict.Valid),
        GeneralInvalid = tally.Of(Verdict.GeneralInvalid),
        SophisticatedInvalid = tally.Of(Verdict.SophisticatedInvalid),
        DecidedBy = Enum.GetValues<DecisionStage>().Where(stage => tally.Of(stage) > 0).ToDictionary(stage => Camel(stage.ToString()), tally.Of, StringComparer.Ordinal),
        CostMicros = tally.CostMicros,
        InvalidCostMicros = tally.InvalidCostMicros,
        Purchases = counts.Purchases,
        Telemetry = counts.Telemetry,
        Duplicates = counts.Duplicates,
        Late = counts.Late,
        TooLate = counts.TooLate,
        Quarantined = Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None && counts.RejectedFor(reason) > 0)
            .ToDictionary(reason => Camel(reason.ToString()), counts.RejectedFor, StringComparer.Ordinal),
    };

    public void Print(Session session)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Verdict").AddColumn(new TableColumn("Clicks").RightAligned()).AddColumn(new TableColumn("Share").RightAligned());
        foreach (var (name, clicks) in new[] { ("valid", Valid), ("invalid by list (GIVT)", GeneralInvalid), ("invalid by model (SIVT)", SophisticatedInvalid) })
        {
            table.AddRow(name, Number(clicks), Clicks == 0 ? "-" : ((double)clicks / Clicks).ToString("P2", CultureInfo.InvariantCulture));
        }

        session.Console.Write(table);
        session.Output.WriteLine($"gross {Money(CostMicros)}, invalid {Money(InvalidCostMicros)}, net {Money(CostMicros - InvalidCostMicros)}");
        session.Output.WriteLine($"{Number(Purchases)} purchases, {Number(Telemetry)} telemetry readings, {Number(Duplicates)} duplicates dropped, {Number(Late)} late clicks counted, {Number(TooLate)} too late to count");
        session.Output.WriteLine(Quarantined.Count == 0
            ? "nothing in quarantine"
            : $"quarantined: {string.Join(", ", Quarantined.Select(reason => $"{Number(reason.Value)} {reason.Key}"))}");
        session.Output.WriteLine($"model {Model}, thresholds {Thresholds}");
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(long micros) => (micros / 1e6).ToString("N2", CultureInfo.InvariantCulture);
}
