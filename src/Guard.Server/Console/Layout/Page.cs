using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Guard.Server.Console.Layout;

/// <summary>Answers with a component as a whole page.</summary>
internal static class Page
{
    public static IResult Of<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent => Of<TPage>(StatusCodes.Status200OK, parameters);

    public static IResult Of<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal))
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Says that there is nothing at an address, and where to go on.</summary>
    public static IResult NotFound(string text) => Of<NoticePage>(StatusCodes.Status404NotFound, ("Title", "Not found"), ("Text", text));
}
