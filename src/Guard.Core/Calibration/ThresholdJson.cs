using System.Text.Json.Serialization;

namespace Guard.Core.Calibration;

/// <summary>Strict, source-generated JSON of the thresholds document.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ThresholdDocument))]
internal sealed partial class ThresholdJson : JsonSerializerContext;
