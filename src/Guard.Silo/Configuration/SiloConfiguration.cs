namespace Guard.Silo.Configuration;

/// <summary>Reads <see cref="SiloOptions"/> from a configuration, strictly: what it does not know, it refuses.</summary>
public static class SiloConfiguration
{
    /// <summary>The section that holds a silo's settings.</summary>
    public const string Section = "Guard";

    /// <summary>Reads and checks a silo's options. What a pod's environment tells as <c>POD_NAME</c> and <c>POD_IP</c> stands in for a name and an address that are not set.</summary>
    /// <param name="configuration">The configuration, such as files and environment variables.</param>
    /// <exception cref="SiloConfigurationException">A setting is unknown, no value of its type, or does not do; the message is one line that names it and the mend.</exception>
    public static SiloOptions Bind(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        KnownSettings.Check(section, typeof(SiloOptions));
        SiloOptions options;
        try
        {
            options = section.Get<SiloOptions>() ?? new SiloOptions();
        }
        catch (InvalidOperationException exception)
        {
            // The binder says the key and the type; the reason stands below.
            var reason = exception.InnerException is { } inner ? $" {inner.Message}" : "";
            throw new SiloConfigurationException(exception.Message + reason, exception);
        }

        options = options with
        {
            Name = options.Name ?? configuration["POD_NAME"],
            Endpoints = options.Endpoints with { Address = options.Endpoints.Address ?? configuration["POD_IP"] },
        };
        options.Validate();
        return options;
    }
}
