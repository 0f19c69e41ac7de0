namespace Guard.Core.Scoring;

/// <summary>What was decided about a click.</summary>
public enum Verdict : byte
{
    /// <summary>The click counts and is billed.</summary>
    Valid = 0,

    /// <summary>General invalid traffic: a list or a parameter gives it away, such as a crawler's user agent.</summary>
    GeneralInvalid = 1,

    /// <summary>Sophisticated invalid traffic: the model's score reached the slice's threshold.</summary>
    SophisticatedInvalid = 2,
}
