using System.Runtime.CompilerServices;

namespace Guard.Core.Training;

/// <summary>Checks options, so that an error names the option, its value and what would do.</summary>
internal static class Require
{
    /// <summary>Throws where a value is not in its range.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void That<T>(T value, bool holds, string range, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; it must be {range}.", nameof(value));
        }
    }
}
