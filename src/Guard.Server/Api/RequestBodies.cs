using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Guard.Server.Api;

/// <summary>Describes what bodies an endpoint takes.</summary>
internal static class RequestBodies
{
    /// <summary>Describes the content types, which the endpoint itself checks: the framework's own check comes before that of the key, and would tell a stranger of types.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder builder, string description, params string[] types) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = description,
                Required = true,
                Content = types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema() }, StringComparer.Ordinal),
            };
            return Task.CompletedTask;
        });
}
