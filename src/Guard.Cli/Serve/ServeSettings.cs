using System.Reflection;
using System.Text.RegularExpressions;
using Guard.Cli.Terminal;
using Microsoft.Extensions.Configuration;

namespace Guard.Cli.Serve;

/// <summary>Settings from the environment: <c>GUARD__SERVER__BODYBYTES=…</c> sets the option <c>BodyBytes</c> of the section <c>Server</c>.</summary>
internal sealed partial class ServeSettings
{
    private const string Prefix = "GUARD__";
    private readonly IConfiguration _configuration;

    /// <summary>Reads settings.</summary>
    /// <param name="configuration">Where from; its top level holds the sections.</param>
    /// <param name="sections">The sections that there are.</param>
    /// <exception cref="CommandException">A section is none of them.</exception>
    public ServeSettings(IConfiguration configuration, params IReadOnlyList<string> sections)
    {
        _configuration = configuration;
        foreach (var section in configuration.GetChildren())
        {
            if (!sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new CommandException($"{Variable(section.Path)}: there is no such section of settings; write one of {string.Join(", ", sections.Select(each => $"{Prefix}{each.ToUpperInvariant()}__…"))}.");
            }
        }
    }

    /// <summary>Reads the settings of the process's environment.</summary>
    public static ServeSettings FromEnvironment(params IReadOnlyList<string> sections) => new(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build(), sections);

    /// <summary>Sets what a section holds on options with their defaults.</summary>
    /// <exception cref="CommandException">A setting is unknown or no value of its type; the message names its variable.</exception>
    public T Apply<T>(string section, T options)
        where T : class
    {
        var values = _configuration.GetSection(section);
        Check(values, typeof(T));
        try
        {
            values.Bind(options);
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw FailedBinding().Match(exception.Message) is { Success: true } failed && exception.InnerException is { } inner
                ? new CommandException($"{Variable(failed.Groups["path"].Value)}: {inner.Message.Split(" (Parameter")[0]}")
                : new CommandException($"{Variable(section)}__…: {exception.Message}");
        }
    }

    private static void Check(IConfigurationSection section, Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        foreach (var child in section.GetChildren())
        {
            var property = properties.Find(each => string.Equals(each.Name, child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new CommandException($"{Variable(child.Path)}: there is no such setting; there are {string.Join(", ", properties.Select(each => each.Name))}.");
            if (child.Value is null && property.PropertyType is { IsClass: true, IsGenericType: false } nested && nested.Assembly.GetName().Name!.StartsWith("Guard", StringComparison.Ordinal))
            {
                Check(child, nested);
            }
        }
    }

    // The binder says where in words alone: … at 'Server:BodyBytes' to type ….
    [GeneratedRegex("at '(?<path>[^']+)' to type", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FailedBinding();

    private static string Variable(string path) => Prefix + path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
}
