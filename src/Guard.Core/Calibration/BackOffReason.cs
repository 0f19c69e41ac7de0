namespace Guard.Core.Calibration;

/// <summary>Why a slice's threshold is not one that the method gave it for itself.</summary>
public enum BackOffReason
{
    /// <summary>It is: the slice has its own share of the budget.</summary>
    None = 0,

    /// <summary>It has no purchasing click, so that its FPR is undefined, and takes an ancestor's.</summary>
    NoPurchasingClicks = 1,

    /// <summary>It has fewer purchasing clicks than asked for, or than its share of the budget needs, and takes an ancestor's.</summary>
    TooFewPurchasingClicks = 2,

    /// <summary>The method sets one threshold for all traffic.</summary>
    OneThreshold = 3,

    /// <summary>
    /// It has too few purchasing clicks, but they show that the ancestor's threshold would harm it: even the Wilson lower bound of
    /// its FPR there exceeds the slice FPR limit. It has a higher one of its own, set by its own purchasing clicks.
    /// </summary>
    ProtectedFromParent = 4,
}
