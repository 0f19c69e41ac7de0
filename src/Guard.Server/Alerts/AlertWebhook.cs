using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guard.Server.Alerts;

/// <summary>Adds the delivery of alerts to a program.</summary>
public static class AlertWebhook
{
    /// <summary>Sends alerts to a webhook for as long as the program runs. The program registers <see cref="IAlertEvents"/>, and <see cref="IArtifactStore"/> where the options name no file.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="options">Where alerts go.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it and the mend.</exception>
    public static IServiceCollection AddAlertWebhook(this IServiceCollection services, WebhookOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IWebhookCursor>(provider => options.CursorFile is { } file
            ? new FileCursor(file)
            : new SharedCursor(provider.GetRequiredService<IArtifactStore>(), provider.GetRequiredService<TimeProvider>(), options.TurnExpiry));
        services.AddSingleton<WebhookInstruments>();
        services.AddSingleton<WebhookDelivery>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookDelivery>());
        return services;
    }
}
