using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>The JSON of a model's files.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(FeatureSchema))]
[JsonSerializable(typeof(ImmutableArray<GoldenVector>))]
internal sealed partial class ModelJson : JsonSerializerContext;
