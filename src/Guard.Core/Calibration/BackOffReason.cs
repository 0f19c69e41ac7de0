namespace Guard.Core.Calibration;

/// <summary>Why a slice takes another slice's threshold.</summary>
public enum BackOffReason
{
    /// <summary>It has its own.</summary>
    None = 0,

    /// <summary>It has no purchasing click, so that its FPR is undefined.</summary>
    NoPurchasingClicks = 1,

    /// <summary>It has fewer purchasing clicks than asked for.</summary>
    TooFewPurchasingClicks = 2,

    /// <summary>The method sets one threshold for all traffic.</summary>
    OneThreshold = 3,
}
