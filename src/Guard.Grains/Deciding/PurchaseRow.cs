using Guard.Core.Clicks;

namespace Guard.Grains.Deciding;

/// <summary>A purchase as a segment keeps it. The layout is that of saved segments: it never changes, another one gets another name.</summary>
internal readonly record struct PurchaseRow(long Time, ulong Click, ulong User, ulong Order, long ValueMicros)
{
    public static PurchaseRow Of(in Purchase purchase) => new(purchase.Time, purchase.Click, purchase.User, purchase.Order, purchase.ValueMicros);
}
