using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Core.Tests.Scoring;

public class ModelArtifactTests
{
    [Fact]
    public void A_model_reads_back_as_it_was_written() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var network = RandomNetworks.Draw(seed);
        var width = network.Schema.Width;
        IScorer scorer = (seed % 3) == 0 ? network : new LinearModel("", network.Schema, RandomNetworks.Normals(random, width, 1), 0.2f, RandomNetworks.Normals(random, width, 1));
        var kind = (ModelKind)(seed % 3);
        float[] rows = RandomNetworks.Rows(seed, 7, width), before = new float[7], after = new float[7];
        var written = ModelArtifact.Create(scorer, Card(kind), rows);
        var read = ModelArtifact.Read(written.Files, RandomNetworks.Schema(width));
        scorer.Score(rows, before);
        read.Scorer.Score(rows, after);
        Assert.Equal(before, after);
        Assert.Equal(written.Version, read.Scorer.Version);
        Assert.Equal(kind, read.Card.Kind);
        Assert.Equal(written.Card.Metrics.ToArray(), read.Card.Metrics.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_version_is_the_spans_last_day_and_the_contents_hash_and_is_the_same_every_time()
    {
        var one = Write();
        var two = Write();
        Assert.Matches("^2026-01-04-[0-9a-f]{8}$", one.Version);
        Assert.Equal(one.Version, two.Version);
        Assert.All(one.Files, file => Assert.True(file.Value.Span.SequenceEqual(two.Files[file.Key].Span)));
        Assert.NotEqual(one.Version, Write(Card(ModelKind.Network) with { Seed = 2 }).Version);
    }

    [Fact]
    public void The_weights_are_in_the_safetensors_format()
    {
        var bytes = Write().Files[ModelArtifact.WeightsFile].Span;
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        Assert.StartsWith("""{"layer1.weight":{"dtype":"F32","shape":[6,4],"data_offsets":[0,96]},"layer1.bias":{"dtype":"F32","shape":[6],"data_offsets":[96,120]}""",
            Encoding.UTF8.GetString(bytes.Slice(8, header)), StringComparison.Ordinal);
        Assert.Equal(RandomNetworks.Draw(1, 4, 6, 5).Weights.Weight1[1], BinaryPrimitives.ReadSingleLittleEndian(bytes[(8 + header + 4)..]));
    }

    [Fact]
    public void Any_file_cut_short_altered_or_missing_is_refused() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var files = Write().Files;
        var name = files.Keys.ElementAt(random.Next(files.Count));
        var content = files[name].ToArray();
        var at = random.Next(content.Length);
        if (random.Next(2) == 0)
        {
            content = content[..at];
        }
        else if (!char.IsWhiteSpace((char)content[at]))
        {
            content[at] ^= 1;
        }
        else
        {
            return;
        }

        Refused(files.SetItem(name, content));
        Refused(files.Remove(name));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_schema_is_refused_with_what_differs_and_what_to_do()
    {
        var schema = RandomNetworks.Schema(4);
        var files = Write().Files;
        Expect(schema with { Version = 2 }, "test v1", "test v2", "train again");
        Expect(schema with { Features = schema.Features.SetItem(2, schema.Features[2] with { Name = "other" }) }, "feature 2", "f2", "other");
        Expect(schema with { Features = schema.Features.SetItem(2, schema.Features[2] with { Maximum = 11 }) }, "f2", "11");
        Expect(schema with { Features = schema.Features.RemoveAt(3) }, "4 features", "3");

        void Expect(FeatureSchema engine, params string[] parts)
        {
            var message = Assert.Throws<ModelFormatException>(() => ModelArtifact.Read(files, engine)).Message;
            Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "cut short")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "cut short")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}', 9 }, "altered")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'[', (byte)']' }, "header")]
    public void What_is_no_safetensors_is_refused(byte[] bytes, string part) =>
        Assert.Contains(part, Assert.Throws<ModelFormatException>(() => SafeTensors.Read(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_tensor_that_reaches_beyond_the_data_is_refused()
    {
        var bytes = SafeTensors.Write([new NamedTensor("a", [2], [1, 2])]);
        Assert.Contains("cut short", Assert.Throws<ModelFormatException>(() => SafeTensors.Read(bytes.AsMemory(0, bytes.Length - 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_of_another_kind_than_the_scorer_is_refused() =>
        Assert.Throws<ArgumentException>(() => ModelArtifact.Create(RandomNetworks.Draw(1, 4, 6, 5), Card(ModelKind.Logistic), new float[4]));

    private static void Refused(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> files) =>
        Assert.Throws<ModelFormatException>(() => ModelArtifact.Read(files, RandomNetworks.Schema(4)));

    private static ModelArtifact Write(ModelCard? card = null) =>
        ModelArtifact.Create(RandomNetworks.Draw(1, 4, 6, 5), card ?? Card(ModelKind.Network), RandomNetworks.Rows(1, 3, 4));

    private static ModelCard Card(ModelKind kind) => new()
    {
        Name = "clicks",
        Kind = kind,
        SpanStart = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        SpanEnd = new DateTimeOffset(2026, 1, 4, 23, 59, 59, TimeSpan.Zero),
        Clicks = 100,
        Human = 10,
        NonHuman = 80,
        Excluded = 10,
        EffectiveSampleSize = 50.5,
        EffectiveSampleSizeUnclipped = 40.25,
        Seed = 1,
        Hyperparameters = ImmutableSortedDictionary<string, double>.Empty.Add("l2", 1e-4).Add("hidden1", 6),
        Metrics = [new ModelMetrics("network", "validation", 90, 10, new Estimate(0.9, 0.01), new Estimate(0.4, double.NaN))],
    };
}
