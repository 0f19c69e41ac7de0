using System.Runtime.InteropServices;

namespace Guard.Core.Features;

/// <summary>Clicks in order, with the features that each had when it was counted: what training and calibration read.</summary>
/// <param name="schema">The schema of the features.</param>
public sealed class FeatureTable(FeatureSchema schema)
{
    private readonly List<ClickFacts> _facts = [];
    private readonly List<float> _values = [];

    /// <summary>Gets the schema.</summary>
    public FeatureSchema Schema { get; } = schema;

    /// <summary>Gets the number of clicks.</summary>
    public int Count => _facts.Count;

    /// <summary>Gets the facts of all clicks. The span is valid until the next append.</summary>
    public ReadOnlySpan<ClickFacts> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>Gets the features of all clicks, row-major, <see cref="Count"/> × <see cref="FeatureSchema.Width"/>. The span is valid until the next append.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Gets the features of one click.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.Slice(index * Schema.Width, Schema.Width);

    /// <summary>Appends a click.</summary>
    /// <exception cref="ArgumentException">The number of features is not the schema's width.</exception>
    public void Append(in ClickFacts facts, ReadOnlySpan<float> features)
    {
        if (features.Length != Schema.Width)
        {
            throw new ArgumentException($"{features.Length} features where the schema {Schema.Name} v{Schema.Version} has {Schema.Width}.", nameof(features));
        }

        _facts.Add(facts);
        _values.AddRange(features);
    }

    /// <summary>Copies the clicks whose event time lies in [from, until), in order.</summary>
    /// <param name="from">The first time, in Unix milliseconds.</param>
    /// <param name="until">The time at which the span ends, in Unix milliseconds.</param>
    public FeatureTable Between(long from, long until)
    {
        var part = new FeatureTable(Schema);
        for (var row = 0; row < Count; row++)
        {
            if (_facts[row].Time >= from && _facts[row].Time < until)
            {
                part.Append(_facts[row], Row(row));
            }
        }

        return part;
    }
}
