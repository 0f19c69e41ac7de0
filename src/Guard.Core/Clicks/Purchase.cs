namespace Guard.Core.Clicks;

/// <summary>A purchase: a weak label for the click that led to it, and a part of its user's history.</summary>
/// <param name="Time">When the purchase happened, in Unix milliseconds.</param>
/// <param name="Click">The keyed hash of the click id that it names; 0 for none.</param>
/// <param name="User">The keyed hash of the user that it names; 0 for none.</param>
/// <param name="Order">The keyed hash of the order id.</param>
/// <param name="ValueMicros">The order's value, in millionths of the currency unit.</param>
public readonly record struct Purchase(long Time, ulong Click, ulong User, ulong Order, long ValueMicros);
