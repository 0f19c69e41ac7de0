namespace Guard.Core.Calibration;

/// <summary>The two facts about a click that a curve counts.</summary>
[Flags]
internal enum ClickFlags : byte
{
    None = 0,
    Purchasing = 1,
    Robotic = 2,
}
