using System.Security.Claims;
using System.Threading.RateLimiting;
using Guard.Core.Hosting;
using Guard.Server.Api;
using Guard.Server.Answers;
using Guard.Server.Hubs;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Guard.Server.Safety;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Guard.Server;

/// <summary>Puts the server together: a program registers the ports of <see cref="Core.Hosting"/>, adds the server and maps what it serves.</summary>
public static class GuardServer
{
    /// <summary>Adds what the API and the console need.</summary>
    /// <param name="services">The program's services; it registers <see cref="IIngest"/>, <see cref="IDecisionLog"/>, <see cref="IUsers"/>, <see cref="ITraffic"/>, <see cref="IStreams"/> and <see cref="IHostHealth"/> there.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="FormatException">A key is not as <see cref="ApiKeys.Create"/> makes it.</exception>
    public static IServiceCollection AddGuardServer(this IServiceCollection services, GuardServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton(new ApiKeys(options.Keys));
        services.AddSingleton<Callers>();
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<ServerInstruments>();
        services.AddSingleton<HubEndpoint>();
        services.AddSingleton<DecisionReading>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<OtlpExport>();
        services.AddSingleton<PrometheusExport>();
        services.AddHostedService(static provider => provider.GetRequiredService<PrometheusExport>());
        services.Configure<KestrelServerOptions>(kestrel => Configure(kestrel, options));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
        services.AddAuthentication(ApiKeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddScoped<IAuthenticationService, ApiKeyAuthentication>();
        services.AddAuthorization(ApiPolicies.Add);
        services.AddRateLimiter(limiter => Configure(limiter, options));
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.PostConfigure<LoggerFilterOptions>(Silence);
        return services;
    }

    /// <summary>Maps the HTTP API. Call it before anything else is mapped: what it checks holds for all that follows.</summary>
    public static WebApplication MapGuardApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestSpans>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<LocalCallers>();
        app.UseMiddleware<CrossSiteRequests>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        HealthEndpoints.Map(app);
        PrometheusExport.Map(app);
        EventEndpoints.Map(app);
        HubEndpoint.Map(app);
        DecisionEndpoints.Map(app);
        UserEndpoint.Map(app);
        TrafficEndpoints.Map(app);
        StreamEndpoints.Map(app);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, GuardServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.Connections;
        kestrel.Limits.RequestHeadersTimeout = options.Patience;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.LeastBytesPerSecond, Max(options.Patience));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(options.LeastBytesPerSecond, Max(options.Patience));
        foreach (var address in options.Listen)
        {
            kestrel.Listen(address);
        }

        // Kestrel measures rates once a second and takes no shorter grace.
        static TimeSpan Max(TimeSpan patience) => patience > TimeSpan.FromSeconds(1) ? patience : TimeSpan.FromSeconds(1.1);
    }

    private static void Configure(RateLimiterOptions limiter, GuardServerOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerSecond,
                TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                ReplenishmentPeriod = options.RequestsPerSecond < 10 ? TimeSpan.FromSeconds(1.0 / options.RequestsPerSecond) : TimeSpan.FromMilliseconds(100),
                AutoReplenishment = true,
            }));
        limiter.AddConcurrencyLimiter(DecisionEndpoints.WatcherLimit, watchers => watchers.PermitLimit = options.Watchers);
        limiter.OnRejected = (rejected, _) =>
        {
            var context = rejected.HttpContext;
            context.RequestServices.GetRequiredService<ServerInstruments>().Refused("rate");
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            return new ValueTask(Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, retryAfter: wait));
        };
    }

    // What the framework logs of a request holds its path and query, and with them user and click ids, whatever level a program asks for.
    private static void Silence(LoggerFilterOptions filters)
    {
        const string Framework = "Microsoft.AspNetCore";
        string?[] providers = [null, .. filters.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (var rule in filters.Rules.Where(rule => rule.LogLevel < LogLevel.Warning && rule.CategoryName?.StartsWith(Framework, StringComparison.OrdinalIgnoreCase) == true).ToArray())
        {
            filters.Rules.Remove(rule);
        }

        foreach (var provider in providers)
        {
            filters.Rules.Add(new LoggerFilterRule(provider, Framework, LogLevel.Warning, null));
            filters.Rules.Add(new LoggerFilterRule(provider, Framework + ".Hosting.Diagnostics", LogLevel.None, null));

            // It warns where there is no place for keys, as in a container; Guard protects nothing by them.
            filters.Rules.Add(new LoggerFilterRule(provider, Framework + ".DataProtection", LogLevel.Error, null));
        }
    }
}
