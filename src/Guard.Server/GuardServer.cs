using Guard.Core.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Server;

/// <summary>Puts the server together: a program registers the ports of <see cref="Core.Hosting"/>, adds the server and maps what it serves.</summary>
public static class GuardServer
{
    /// <summary>Adds what the API and the console need.</summary>
    /// <param name="services">The program's services; it registers <see cref="IIngest"/>, <see cref="IDecisionLog"/>, <see cref="IUsers"/>, <see cref="ITraffic"/>, <see cref="IStreams"/> and <see cref="IHostHealth"/> there.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static IServiceCollection AddGuardServer(this IServiceCollection services, GuardServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(options);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in options.Listen)
            {
                kestrel.Listen(address);
            }
        });
        return services;
    }

    /// <summary>Maps the HTTP API. Call it before anything else is mapped: what it checks holds for all that follows.</summary>
    public static WebApplication MapGuardApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app;
    }
}
