namespace Guard.Core.Calibration;

/// <summary>The order of falling score.</summary>
internal static class ScoreOrder
{
    /// <summary>Gets the clicks' positions by falling score; equal scores keep their order.</summary>
    /// <exception cref="ArgumentException">A score is outside [0, 1].</exception>
    public static int[] Descending(ReadOnlySpan<float> scores)
    {
        var keys = new ulong[scores.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!(scores[i] is >= 0 and <= 1))
            {
                throw new ArgumentException($"Score {i} is {scores[i]}, outside [0, 1].", nameof(scores));
            }

            // The bits of floats that are not negative are ordered as the floats are; adding zero turns -0 into 0.
            keys[i] = (ulong)~BitConverter.SingleToUInt32Bits(scores[i] + 0f) << 32 | (uint)i;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    public static ClickFlags Flags(bool purchasing, bool robotic) =>
        (purchasing ? ClickFlags.Purchasing : ClickFlags.None) | (robotic ? ClickFlags.Robotic : ClickFlags.None);
}
