namespace Guard.Core.Training;

/// <summary>What weak supervision says of a click.</summary>
public enum WeakLabel : byte
{
    /// <summary>No sign of a human: the label of all clicks that are neither of the others, humans who bought nothing among them.</summary>
    NonHuman = 0,

    /// <summary>The click led to a purchase, or its user had a high RFM score.</summary>
    Human = 1,

    /// <summary>The click is too young for its purchase to have arrived, and is left out.</summary>
    Excluded = 2,
}
