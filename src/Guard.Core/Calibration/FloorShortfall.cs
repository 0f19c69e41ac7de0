namespace Guard.Core.Calibration;

/// <summary>A floor that an FPR budget cannot meet.</summary>
/// <remarks>
/// Floors compete for one budget, so which of them fail is a choice: here the greatest are cut to the one level at which the
/// budget suffices, and those that lie above the level are the ones named.
/// </remarks>
/// <param name="Index">The slice's position in the programme.</param>
/// <param name="Floor">The least FPR that was asked for.</param>
/// <param name="Attainable">The level to which it would have to fall.</param>
public readonly record struct FloorShortfall(int Index, double Floor, double Attainable)
{
    /// <summary>Gets by how much the floor is missed.</summary>
    public double Missing => Floor - Attainable;
}
