namespace Guard.Core.Scoring;

/// <summary>What computes a model's scores.</summary>
public enum ModelKind
{
    /// <summary>A <see cref="Scoring.Network"/>.</summary>
    Network = 0,

    /// <summary>A <see cref="LinearModel"/> fitted by logistic regression.</summary>
    Logistic = 1,

    /// <summary>A <see cref="LinearModel"/> that rates click velocity alone.</summary>
    Velocity = 2,
}
