using System.CommandLine;
using System.Globalization;

namespace Guard.Cli.Simulate;

/// <summary>How fast the time of a stream goes by.</summary>
/// <param name="Factor">Seconds of the stream a second; <see cref="double.PositiveInfinity"/> as fast as the Guard takes it.</param>
internal readonly record struct StreamSpeed(double Factor)
{
    /// <summary>An hour a second: a scenario of two weeks takes under six minutes.</summary>
    public static StreamSpeed Default { get; } = new(3600);

    public static Option<StreamSpeed> Option { get; } = new("--speed")
    {
        Description = "With --to: seconds of the stream a second, or max for as fast as the Guard takes it",
        HelpName = "3600|max",
        DefaultValueFactory = _ => Default,
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (text == "max")
            {
                return new StreamSpeed(double.PositiveInfinity);
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1e9)
            {
                return new StreamSpeed(factor);
            }

            result.AddError($"--speed takes a number above 0, such as 3600 for an hour a second, or max, not '{text}'.");
            return default;
        },
    };

    public override string ToString() => double.IsInfinity(Factor) ? "max" : Factor.ToString(CultureInfo.InvariantCulture);
}
