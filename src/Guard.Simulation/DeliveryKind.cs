namespace Guard.Simulation;

/// <summary>What a delivery is.</summary>
internal enum DeliveryKind : byte
{
    /// <summary>A click that arrives for the first time, late.</summary>
    LateClick,

    /// <summary>A click that was sent before.</summary>
    ClickAgain,

    /// <summary>A purchase that arrives for the first time.</summary>
    Purchase,

    /// <summary>A purchase that was sent before.</summary>
    PurchaseAgain,
}
