using Microsoft.AspNetCore.Authorization;

namespace Guard.Server.Keys;

/// <summary>The authorization policies of the server, a scope each.</summary>
public static class ApiPolicies
{
    /// <summary>Wants <see cref="ApiScopes.Send"/>.</summary>
    public const string Send = "guard.send";

    /// <summary>Wants <see cref="ApiScopes.Read"/>; what names no policy has this one.</summary>
    public const string Read = "guard.read";

    /// <summary>Wants <see cref="ApiScopes.Admin"/>.</summary>
    public const string Admin = "guard.admin";

    internal const string ScopeClaim = "scope";

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Send, policy => policy.RequireClaim(ScopeClaim, "send"));
        options.AddPolicy(Read, policy => policy.RequireClaim(ScopeClaim, "read"));
        options.AddPolicy(Admin, policy => policy.RequireClaim(ScopeClaim, "admin"));
        options.FallbackPolicy = options.GetPolicy(Read);
    }
}
