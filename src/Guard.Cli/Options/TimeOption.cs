using System.CommandLine;
using System.Globalization;

namespace Guard.Cli.Options;

/// <summary>Options that name a moment of event time.</summary>
internal static class TimeOption
{
    /// <summary>Creates an option; its value is in Unix milliseconds.</summary>
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "2026-01-31T12:00Z",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time.ToUnixTimeMilliseconds();
            }

            result.AddError($"{name} takes a time in UTC such as 2026-01-31T12:00Z, not '{text}'.");
            return null;
        },
    };
}
