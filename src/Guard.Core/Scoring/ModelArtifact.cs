using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>A model as it is kept: an immutable set of files that name their own content.</summary>
public sealed class ModelArtifact
{
    /// <summary>The file of the weights, in the safetensors format.</summary>
    public const string WeightsFile = "weights.safetensors";

    /// <summary>The file of the feature schema.</summary>
    public const string SchemaFile = "schema.json";

    /// <summary>The file of the golden vectors.</summary>
    public const string GoldenFile = "golden.json";

    /// <summary>The file of the model card. It holds the others' checksums, and so is best written last.</summary>
    public const string CardFile = "card.json";

    /// <summary>How far a golden vector's score may be off.</summary>
    public const float GoldenTolerance = 1e-5f;

    private ModelArtifact(ModelCard card, IScorer scorer, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> files)
    {
        Card = card;
        Scorer = scorer;
        Files = files;
    }

    /// <summary>Gets the model card.</summary>
    public ModelCard Card { get; }

    /// <summary>Gets the version.</summary>
    public string Version => Card.Version;

    /// <summary>Gets the model, ready to score.</summary>
    public IScorer Scorer { get; }

    /// <summary>Gets the files by name.</summary>
    public ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Files { get; }

    /// <summary>Makes an artifact of a scorer. The same scorer, card and rows give the same bytes and version.</summary>
    /// <param name="scorer">A <see cref="Network"/> or a <see cref="LinearModel"/>; its version does not matter.</param>
    /// <param name="card">The card, without version and checksums.</param>
    /// <param name="goldenRows">Rows of features to prove the model by when it is loaded, row-major; at least one.</param>
    /// <exception cref="ArgumentException">The scorer is of another kind than the card says, or there is no golden row.</exception>
    public static ModelArtifact Create(IScorer scorer, ModelCard card, ReadOnlySpan<float> goldenRows)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(card);
        var width = scorer.Schema.Width;
        if (goldenRows.Length < width || goldenRows.Length % width != 0)
        {
            throw new ArgumentException($"{goldenRows.Length} numbers are no golden rows of {width} features.", nameof(goldenRows));
        }

        if (scorer is Network != (card.Kind == ModelKind.Network))
        {
            throw new ArgumentException($"The card says {card.Kind} where the scorer is a {scorer.GetType().Name}.", nameof(card));
        }

        var tensors = ScorerTensors.Of(scorer);
        var scores = new float[goldenRows.Length / width];
        scorer.Score(goldenRows, scores);
        var golden = new GoldenVector[scores.Length];
        for (var i = 0; i < golden.Length; i++)
        {
            golden[i] = new GoldenVector([.. goldenRows.Slice(i * width, width)], scores[i]);
        }

        var files = ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
            .Add(WeightsFile, SafeTensors.Write(tensors))
            .Add(SchemaFile, Json(scorer.Schema, ModelJson.Default.FeatureSchema))
            .Add(GoldenFile, Json([.. golden], ModelJson.Default.ImmutableArrayGoldenVector));
        card = card with { Version = "", Files = files.ToImmutableSortedDictionary(f => f.Key, f => Sha256(f.Value.Span), StringComparer.Ordinal) };
        card = card with { Version = VersionOf(card) };
        files = files.Add(CardFile, Json(card, ModelJson.Default.ModelCard));
        var named = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        return new ModelArtifact(card, ScorerTensors.ToScorer(card.Kind, card.Version, scorer.Schema, named), files);
    }

    /// <summary>Reads an artifact, and makes sure that it is whole, fits the engine and scores as it did when it was made.</summary>
    /// <param name="files">The files by name; others than an artifact's are not looked at.</param>
    /// <param name="engineSchema">The features that the engine computes.</param>
    /// <exception cref="ModelFormatException">A file is missing, cut short or altered, the schema is another, or a golden vector is off.</exception>
    public static ModelArtifact Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, FeatureSchema engineSchema)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(engineSchema);
        var kept = ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)[CardFile, WeightsFile, SchemaFile, GoldenFile])
        {
            kept = kept.Add(name, files.TryGetValue(name, out var content) ? content : throw new ModelFormatException($"The model lacks its file {name}."));
        }

        // A checksum tells damage from difference, so it comes first.
        var card = Parse(kept, CardFile, ModelJson.Default.ModelCard);
        foreach (var name in (ReadOnlySpan<string>)[WeightsFile, SchemaFile, GoldenFile])
        {
            if (!card.Files.TryGetValue(name, out var expected) || expected != Sha256(kept[name].Span))
            {
                throw new ModelFormatException($"{name} of model {card.Version} is not the file that its card names by checksum: it was cut short or altered; restore it or train again.");
            }
        }

        if (card.Version != VersionOf(card))
        {
            throw new ModelFormatException($"{CardFile} of model {card.Version} was altered: its content makes the version {VersionOf(card)}.");
        }

        // The version covers what the card says; the last digit of a number may differ and say the same.
        if (!kept[CardFile].Span.SequenceEqual(Json(card, ModelJson.Default.ModelCard)))
        {
            throw new ModelFormatException($"{CardFile} of model {card.Version} was altered: it is not written as Guard writes it; restore it or train again.");
        }

        var schema = Parse(kept, SchemaFile, ModelJson.Default.FeatureSchema);
        if (SchemaDifference.Between(schema, engineSchema) is { } difference)
        {
            throw new ModelFormatException($"Model {card.Version} was trained on other features than the engine computes: {difference}; train again.");
        }

        var scorer = ScorerTensors.ToScorer(card.Kind, card.Version, engineSchema, SafeTensors.Read(kept[WeightsFile]));
        CheckGolden(scorer, Parse(kept, GoldenFile, ModelJson.Default.ImmutableArrayGoldenVector));
        return new ModelArtifact(card, scorer, kept);
    }

    private static void CheckGolden(IScorer scorer, ImmutableArray<GoldenVector> golden)
    {
        var score = new float[1];
        for (var i = 0; i < golden.Length; i++)
        {
            if (golden[i].Features.Length != scorer.Schema.Width)
            {
                throw new ModelFormatException($"Golden vector {i} has {golden[i].Features.Length} features where the schema has {scorer.Schema.Width}.");
            }

            scorer.Score(golden[i].Features.AsSpan(), score);

            // The negation also catches NaN.
            if (!(Math.Abs(score[0] - golden[i].Score) <= GoldenTolerance))
            {
                throw new ModelFormatException($"Model {scorer.Version} scores golden vector {i} {score[0]} instead of {golden[i].Score}: it does not compute here what it was trained to.");
            }
        }
    }

    private static string VersionOf(ModelCard card)
    {
        var content = Json(card with { Version = "" }, ModelJson.Default.ModelCard);
        return string.Create(CultureInfo.InvariantCulture, $"{card.SpanEnd.UtcDateTime:yyyy-MM-dd}-{Sha256(content)[..8]}");
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static T Parse<T>(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> files, string name, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(files[name].Span, type) ?? throw new ModelFormatException($"{name} is null.");
        }
        catch (JsonException e)
        {
            throw new ModelFormatException($"{name} cannot be read at line {e.LineNumber + 1}: it is cut short or altered.", e);
        }
    }
}
