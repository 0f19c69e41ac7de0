using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guard.Server.Answers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ScoreAnswer))]
[JsonSerializable(typeof(DecisionsAnswer))]
[JsonSerializable(typeof(ExplainedDecision))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(IReadOnlyList<FeatureAnswer>))]
[JsonSerializable(typeof(SlicesAnswer))]
[JsonSerializable(typeof(SliceCourseAnswer))]
[JsonSerializable(typeof(TrafficAnswer))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(StreamsAnswer))]
[JsonSerializable(typeof(StreamDetailAnswer))]
[JsonSerializable(typeof(AlertsAnswer))]
[JsonSerializable(typeof(QuarantineAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
