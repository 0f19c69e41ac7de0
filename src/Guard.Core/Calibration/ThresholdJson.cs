using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guard.Core.Calibration;

/// <summary>Strict, source-generated JSON of the thresholds document.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    Converters = [typeof(ThresholdJson.EnumNames<BackOffReason>), typeof(ThresholdJson.EnumNames<BudgetBasis>), typeof(ThresholdJson.EnumNames<CalibrationMethod>)],
    IgnoreReadOnlyProperties = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(ThresholdDocument))]
internal sealed partial class ThresholdJson : JsonSerializerContext
{
    /// <summary>Writes an enum as its name in camel case, and reads nothing else.</summary>
    internal sealed class EnumNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
        where T : struct, Enum;
}
