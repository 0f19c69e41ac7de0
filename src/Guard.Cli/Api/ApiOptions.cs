using System.CommandLine;

namespace Guard.Cli.Api;

/// <summary>How a command line names a Guard.</summary>
internal static class ApiOptions
{
    /// <summary>The environment variable that holds a key, so that it need not stand on a command line, which others on the machine can read.</summary>
    public const string KeyVariable = "GUARD_KEY";

    /// <summary>Gets the option for the key.</summary>
    public static Option<string?> Key { get; } = new("--key")
    {
        Description = $"With --to: a key with the scope 'send'; loopback needs none. Better kept in the environment variable {KeyVariable}",
        HelpName = "key",
    };

    /// <summary>Creates an option for a Guard's address.</summary>
    public static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "http://localhost:5080",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                return address;
            }

            result.AddError($"{name} takes the address of a Guard such as http://localhost:5080, not '{text}'.");
            return null;
        },
    };

    /// <summary>Gets the key that a command line or the environment gives.</summary>
    public static string? KeyOf(ParseResult parse) => parse.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);
}
