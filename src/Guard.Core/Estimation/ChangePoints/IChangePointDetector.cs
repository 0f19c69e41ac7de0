namespace Guard.Core.Estimation;

/// <summary>An online detector of changes in the mean of a vector stream. After a change it starts afresh with the next sample.</summary>
public interface IChangePointDetector
{
    /// <summary>Gets the number of values in a sample.</summary>
    int Dimension { get; }

    /// <summary>Gets the number of samples seen, without the refused ones.</summary>
    long Samples { get; }

    /// <summary>Gets the number of samples that were refused because a value was NaN or infinite.</summary>
    long Refused { get; }

    /// <summary>Takes a sample.</summary>
    /// <param name="sample">The sample, <see cref="Dimension"/> long.</param>
    /// <returns>The change that this sample revealed, or null.</returns>
    /// <exception cref="ArgumentException">The sample has another length. Nothing changed.</exception>
    ChangePoint? Update(ReadOnlySpan<double> sample);
}
