namespace Guard.Core.Estimation;

/// <summary>What an estimator did with a sample.</summary>
public enum UpdateOutcome
{
    /// <summary>The parameters took the whole gradient step.</summary>
    Applied,

    /// <summary>The gradient was longer than the clip level, and the step was shortened to it.</summary>
    Clipped,

    /// <summary>The sample only taught the estimator its gradients' scale; the parameters wait until a few norms are known.</summary>
    Held,

    /// <summary>The sample or its gradient is NaN or infinite. Nothing changed but the count of refused samples.</summary>
    Refused,
}
