using Guard.Core.Features;

namespace Guard.Core.Calibration;

/// <summary>Scored clicks whose purchases have had time to arrive, in any order: what thresholds are set from.</summary>
public readonly ref struct CalibrationSample
{
    /// <summary>Initialises and checks the sample.</summary>
    /// <param name="scores">The probability of a robot for each click, in [0, 1].</param>
    /// <param name="purchasing">Whether each click led to a purchase.</param>
    /// <param name="facts">Time, session and leaf slice of each click.</param>
    /// <exception cref="CalibrationException">The sample is empty, its spans differ in length, a score is outside [0, 1], or a slice is no leaf.</exception>
    public CalibrationSample(ReadOnlySpan<float> scores, ReadOnlySpan<bool> purchasing, ReadOnlySpan<ClickFacts> facts)
    {
        if (scores.Length != purchasing.Length || scores.Length != facts.Length)
        {
            throw new CalibrationException($"{scores.Length} scores, {purchasing.Length} purchase flags and {facts.Length} clicks: give one of each a click.");
        }

        if (scores.IsEmpty)
        {
            throw new CalibrationException("The calibration sample is empty: give clicks whose purchases have had time to arrive.");
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] is >= 0 and <= 1))
            {
                throw new CalibrationException($"Click {i} of the sample has the score {scores[i]}: scores lie in [0, 1], so check the model.");
            }

            if (facts[i].Slice.Depth != 3)
            {
                throw new CalibrationException($"Click {i} of the sample is in the slice '{facts[i].Slice}': give its leaf, such as mobile/in/DE.");
            }
        }

        Scores = scores;
        Purchasing = purchasing;
        Facts = facts;
    }

    /// <summary>Gets the scores, in [0, 1].</summary>
    public ReadOnlySpan<float> Scores { get; }

    /// <summary>Gets whether each click led to a purchase.</summary>
    public ReadOnlySpan<bool> Purchasing { get; }

    /// <summary>Gets time, session and leaf slice of each click.</summary>
    public ReadOnlySpan<ClickFacts> Facts { get; }

    /// <summary>Gets the number of clicks.</summary>
    public int Count => Scores.Length;
}
