using System.Collections.Immutable;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Pipeline;

/// <summary>Texts that come again in most decisions: slices, versions, the features of reasons. Escaped when they first come; not safe for concurrent use.</summary>
internal sealed class EncodedTexts
{
    private readonly Dictionary<int, JsonEncodedText> _slices = [];
    private (string Text, JsonEncodedText Encoded) _model = ("", default);
    private (string Text, JsonEncodedText Encoded) _thresholds = ("", default);
    private ImmutableArray<Feature> _schema;
    private (JsonEncodedText Name, JsonEncodedText Description)[] _features = [];

    public JsonEncodedText Of(Slice slice)
    {
        if (!_slices.TryGetValue(slice.Code, out var encoded))
        {
            _slices[slice.Code] = encoded = DecisionFields.Of(slice.ToString());
        }

        return encoded;
    }

    public JsonEncodedText Model(string version) => Last(ref _model, version);

    public JsonEncodedText Thresholds(string version) => Last(ref _thresholds, version);

    public (JsonEncodedText Name, JsonEncodedText Description) Of(ImmutableArray<Feature> features, int index)
    {
        // The same array, not an equal one.
        if (_schema != features)
        {
            _features = [.. features.Select(static feature => (DecisionFields.Of(feature.Name), DecisionFields.Of(feature.Description)))];
            _schema = features;
        }

        return _features[index];
    }

    private static JsonEncodedText Last(ref (string Text, JsonEncodedText Encoded) last, string text)
    {
        if (last.Text != text)
        {
            last = (text, DecisionFields.Of(text));
        }

        return last.Encoded;
    }
}
