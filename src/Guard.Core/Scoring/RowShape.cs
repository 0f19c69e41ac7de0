using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>Checks that features, or contributions, come as whole rows.</summary>
internal static class RowShape
{
    /// <summary>Throws where the values are not <paramref name="rows"/> rows of the schema's width.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void Check(ReadOnlySpan<float> values, int rows, FeatureSchema schema)
    {
        if (values.Length != (long)rows * schema.Width)
        {
            Throw(values.Length, rows, schema);
        }
    }

    /// <summary>Counts the rows of features, and throws where those of the contributions are others.</summary>
    /// <exception cref="ArgumentException">They are, or the values are no whole rows.</exception>
    public static int Count(ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, FeatureSchema schema)
    {
        var rows = features.Length / schema.Width;
        Check(features, rows, schema);
        Check(contributions, rows, schema);
        return rows;
    }

    private static void Throw(int length, int rows, FeatureSchema schema) =>
        throw new ArgumentException($"{length} numbers where {rows} rows of {schema.Name} v{schema.Version} have {(long)rows * schema.Width}.", nameof(rows));
}
