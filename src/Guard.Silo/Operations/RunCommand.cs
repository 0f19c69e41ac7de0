using Guard.Silo.Configuration;
using Guard.Silo.Hosting;

namespace Guard.Silo.Operations;

/// <summary>Runs a silo until it is told to stop.</summary>
internal static class RunCommand
{
    /// <exception cref="SiloConfigurationException">The silo cannot start as it is configured.</exception>
    public static async Task RunAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        var options = SiloConfiguration.Bind(configuration);
        TakenPorts.Check(options);
        var stores = await SiloStores.OpenAsync(options, cancellation);
        await StarterPolicy.MakeAsync(options, stores, cancellation);
        await using var app = SiloHost.Build(BuilderOf(configuration), options, stores);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException exception)
        {
            throw new SiloConfigurationException($"Guard:Listen or Guard:Endpoints: {exception.Message}", exception);
        }

        Print(app, options);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static WebApplicationBuilder BuilderOf(IConfiguration configuration)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // Nothing is read from files that lie where the program happens to run.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        return builder;
    }

    private static void Print(WebApplication app, SiloOptions options)
    {
        foreach (var address in app.Urls)
        {
            Console.WriteLine($"console     {address}/");
            Console.WriteLine($"dashboard   {address}{SiloHost.DashboardPath}/");
        }

        Console.WriteLine($"cluster     {options.ClusterId} ({options.Clustering.Kind}), silo port {options.Endpoints.SiloPort}");
        if (options.Clustering.Kind == ClusteringKind.Development)
        {
            Console.WriteLine($"Ctrl-C stops it. To see decisions: guard simulate --to {app.Urls.First()}");
        }
    }
}
