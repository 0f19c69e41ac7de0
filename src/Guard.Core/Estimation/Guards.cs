using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation;

internal static class Guards
{
    public static void FinitePositive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");
        }
    }

    public static void FiniteNotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");
        }
    }

    public static void OpenUnit(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1, both excluded.");
        }
    }

    public static void Length(int length, int expected, string name)
    {
        if (length != expected)
        {
            Throw(length, expected, name);
        }
    }

    private static void Throw(int length, int expected, string name) =>
        throw new ArgumentException($"{length} values where the estimator takes {expected}; give every sample {expected} values.", name);
}
