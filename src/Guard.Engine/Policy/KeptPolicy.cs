using System.Text.Json;
using System.Text.Json.Serialization;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Blocks;

namespace Guard.Engine.Policy;

/// <summary>What a log keeps of a policy, so that the decisions that name it by number can be read when it is no longer in force.</summary>
internal sealed partial record KeptPolicy
{
    private const byte Version = 1;
    private static ReadOnlySpan<byte> Header => [(byte)BlockKind.Policy, Version];

    /// <summary>Gets its number in the log, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Gets the version of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the version of the thresholds.</summary>
    public required string Thresholds { get; init; }

    /// <summary>Gets the reasons that the entries of the access list give.</summary>
    public IReadOnlyList<string?> AccessReasons { get; init; } = [];

    /// <summary>Gets the patterns of the crawler list.</summary>
    public IReadOnlyList<string> CrawlerPatterns { get; init; } = [];

    /// <summary>Makes the record of a policy.</summary>
    public static KeptPolicy Of(DecisionPolicy policy, int number) => new()
    {
        Number = number,
        Model = policy.Scorer.Version,
        Thresholds = policy.Thresholds.Version,
        AccessReasons = [.. policy.Access.Entries.Select(entry => entry.Reason)],
        CrawlerPatterns = policy.Crawlers.List.Patterns,
    };

    /// <summary>Gets whether the record says the same of a policy.</summary>
    public bool Fits(DecisionPolicy policy) => Model == policy.Scorer.Version && Thresholds == policy.Thresholds.Version
        && AccessReasons.SequenceEqual(policy.Access.Entries.Select(entry => entry.Reason), StringComparer.Ordinal)
        && CrawlerPatterns.SequenceEqual(policy.Crawlers.List.Patterns, StringComparer.Ordinal);

    /// <summary>Gets what the list said that decided, or <see langword="null"/> where the model did.</summary>
    public string? ListReasonOf(in Decision decision) => decision.Stage switch
    {
        DecisionStage.Model => null,
        DecisionStage.CrawlerList => CrawlerPatterns.ElementAtOrDefault(decision.ListEntry),
        _ => AccessReasons.ElementAtOrDefault(decision.ListEntry) ?? "no reason given",
    };

    /// <summary>Gets whether a block of the log is a policy.</summary>
    public static bool Is(ReadOnlySpan<byte> payload) => payload.Length > 0 && payload[0] == Header[0];

    /// <summary>Writes the record as a block's payload.</summary>
    public byte[] ToBlock() => [.. Header, .. JsonSerializer.SerializeToUtf8Bytes(this, KeptPolicyJson.Default.KeptPolicy)];

    /// <summary>Reads a block's payload.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static KeptPolicy FromBlock(ReadOnlySpan<byte> payload)
    {
        if (!payload.StartsWith(Header))
        {
            throw new InvalidDataException("A policy in the log is of another format version than this build reads: start the build that wrote it, or give another data folder.");
        }

        try
        {
            return JsonSerializer.Deserialize(payload[Header.Length..], KeptPolicyJson.Default.KeptPolicy) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("A policy in the log is whole, but cannot be read: it was not written by this program.", e);
        }
    }

    [JsonSerializable(typeof(KeptPolicy))]
    internal sealed partial class KeptPolicyJson : JsonSerializerContext;
}
