using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>
/// The baseline without learning: a click is the more suspect, the faster its user or address clicks. Its score is the
/// logistic function of the mean, over the named features, of their standardised values, and so grows with each of them.
/// </summary>
public static class VelocityHeuristic
{
    /// <summary>Makes the heuristic from the mean and deviation of the labelled clicks, whose labels it does not read but for the reference click of its explanations.</summary>
    /// <param name="table">The clicks and their features.</param>
    /// <param name="labels">One label a click.</param>
    /// <param name="weights">One sample weight a click.</param>
    /// <param name="rows">The rows to measure.</param>
    /// <param name="features">The names of the velocity features, such as <c>user.clicks.10m</c>.</param>
    /// <exception cref="ArgumentException">No feature is named, or the schema lacks one.</exception>
    public static LinearModel Fit(FeatureTable table, ReadOnlySpan<WeakLabel> labels, ReadOnlySpan<float> weights, IReadOnlyList<int> rows, IReadOnlyCollection<string> features)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(features);
        Require.That(features.Count, features.Count > 0, "at least 1");
        var schema = table.Schema;
        var scaling = InputScaling.Of(table, labels, weights, rows);
        var slopes = new float[schema.Width];
        double bias = 0;
        foreach (var name in features)
        {
            var index = IndexOf(schema, name);
            slopes[index] = scaling.Scale[index] / features.Count;
            bias -= (double)slopes[index] * scaling.Mean[index];
        }

        return new LinearModel("", schema, [.. slopes], (float)bias, scaling.Reference);
    }

    private static int IndexOf(FeatureSchema schema, string name)
    {
        for (var i = 0; i < schema.Width; i++)
        {
            if (schema.Features[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"The schema {schema.Name} v{schema.Version} has no feature '{name}'; it has {string.Join(", ", schema.Features.Select(f => f.Name))}.", nameof(name));
    }
}
