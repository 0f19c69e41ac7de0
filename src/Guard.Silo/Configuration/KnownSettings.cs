using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Guard.Server;

namespace Guard.Silo.Configuration;

/// <summary>Refuses settings that no option reads: a misspelt one would otherwise leave its default in force without a word.</summary>
internal static class KnownSettings
{
    /// <summary>Options that are set elsewhere, with the place.</summary>
    private static readonly Dictionary<(Type, string), string> s_elsewhere = new()
    {
        [(typeof(GuardServerOptions), nameof(GuardServerOptions.Listen))] = "Guard:Listen",
        [(typeof(GuardServerOptions), nameof(GuardServerOptions.Keys))] = "Guard:KeyFile",
    };

    /// <exception cref="SiloConfigurationException">A key is unknown, or holds a value where it holds settings, or the other way round.</exception>
    public static void Check(IConfigurationSection section, Type type)
    {
        if (section.Value is { Length: > 0 })
        {
            throw new SiloConfigurationException($"{section.Path}: holds settings and no value of its own; there are {NamesOf(type)}.");
        }

        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(PropertiesOf(type), property => string.Equals(property.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                throw new SiloConfigurationException($"{child.Path}: there is no such setting; there are {NamesOf(type)}.");
            }

            if (s_elsewhere.TryGetValue((type, property.Name), out var place))
            {
                throw new SiloConfigurationException($"{child.Path}: is set by {place}.");
            }

            CheckValue(child, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }
    }

    private static void CheckValue(IConfigurationSection section, Type type)
    {
        if (IsValue(type))
        {
            if (section.GetChildren().Any())
            {
                throw new SiloConfigurationException($"{section.Path}: takes one value, and no settings below it.");
            }
        }
        else if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            foreach (var item in section.GetChildren())
            {
                CheckValue(item, type.GenericTypeArguments[0]);
            }
        }
        else
        {
            Check(section, type);
        }
    }

    private static bool IsValue(Type type) => type.IsPrimitive || type.IsEnum || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static PropertyInfo[] PropertiesOf(Type type) => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    private static string NamesOf(Type type) =>
        string.Join(", ", PropertiesOf(type).Where(property => !s_elsewhere.ContainsKey((type, property.Name))).Select(property => property.Name).Order(StringComparer.Ordinal));
}
