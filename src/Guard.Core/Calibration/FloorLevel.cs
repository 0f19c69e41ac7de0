namespace Guard.Core.Calibration;

/// <summary>Explains infeasible floors.</summary>
internal static class FloorLevel
{
    /// <summary>Finds the level t with Σ v min(l, t) = B and names the floors above it.</summary>
    public static FloorShortfall[] Shortfalls(ReadOnlySpan<ProgrammeSlice> slices, double budget)
    {
        var floors = new (double Floor, double Share)[slices.Length];
        var share = 0.0;
        for (var i = 0; i < floors.Length; i++)
        {
            floors[i] = (slices[i].Lower, slices[i].PurchasingShare);
            share += slices[i].PurchasingShare;
        }

        Array.Sort(floors);
        var (level, left) = (0.0, budget);
        foreach (var floor in floors)
        {
            // Raise all that are left from the level to this floor, as far as the budget goes.
            var cost = (floor.Floor - level) * share;
            if (cost > left)
            {
                level += left / share;
                break;
            }

            (level, left, share) = (floor.Floor, left - cost, share - floor.Share);
        }

        var shortfalls = new List<FloorShortfall>();
        for (var i = 0; i < slices.Length; i++)
        {
            if (slices[i].Lower > level && slices[i].PurchasingShare > 0)
            {
                shortfalls.Add(new FloorShortfall(i, slices[i].Lower, level));
            }
        }

        return [.. shortfalls];
    }
}
