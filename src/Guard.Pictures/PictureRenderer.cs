using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Pictures;

/// <summary>Renders a component to HTML text, outside of any server.</summary>
public static class PictureRenderer
{
    /// <summary>Renders a component with its parameters.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    public static async Task<string> RenderAsync<TComponent>(IDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        await using (services)
        {
            var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
            await using (renderer)
            {
                return await renderer.Dispatcher.InvokeAsync(async () =>
                    (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
            }
        }
    }

    /// <summary>Renders a component that is a whole page, such as one framed by <see cref="PageFrame"/>.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    public static async Task<string> RenderPageAsync<TComponent>(IDictionary<string, object?> parameters)
        where TComponent : IComponent =>
        "<!DOCTYPE html>\n" + await RenderAsync<TComponent>(parameters);
}
