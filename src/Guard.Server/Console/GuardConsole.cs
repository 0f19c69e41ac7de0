using Guard.Server.Console.Alerts;
using Guard.Server.Console.Decisions;
using Guard.Server.Console.Layout;
using Guard.Server.Console.Live;
using Guard.Server.Console.Overview;
using Guard.Server.Console.Quarantine;
using Guard.Server.Console.Slices;
using Guard.Server.Console.Streams;
using Guard.Server.Console.Users;
using Guard.Server.Console.Versions;
using Guard.Server.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Server.Console;

/// <summary>The console: pages over the ports of <see cref="Core.Hosting"/>, rendered on the server and readable without a script.</summary>
public static class GuardConsole
{
    /// <summary>Adds what the console needs beside the ports and <see cref="GuardServer.AddGuardServer"/>.</summary>
    public static IServiceCollection AddGuardConsole(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRazorComponents();
        services.AddSingleton<Pulse>();
        services.AddHostedService(provider => provider.GetRequiredService<Pulse>());
        return services;
    }

    /// <summary>Maps the pages at <c>/</c>, and their style, script and events at <c>/console</c>.</summary>
    /// <param name="app">The program, with <see cref="GuardServer.MapGuardApi"/> mapped: it checks keys for the console too.</param>
    public static void MapGuardConsole(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<MissingPages>();
        var console = app.MapGroup("").ExcludeFromDescription().RequireAuthorization(ApiPolicies.Read);
        ConsoleAssets.Map(console);
        LiveEvents.Map(console);
        var pages = console.MapGroup("").AddEndpointFilter(PageRules.ApplyAsync);
        OverviewPages.Map(pages);
        SlicePages.Map(pages);
        DecisionPages.Map(pages);
        StreamPages.Map(pages);
        AlertPages.Map(pages);
        QuarantinePages.Map(pages);
        VersionPages.Map(pages);
        UserPages.Map(pages);
    }
}
