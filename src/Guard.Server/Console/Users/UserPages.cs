using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Guard.Server.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Users;

/// <summary>What is known of a user. The id comes by a form and goes nowhere: no address, no log, not back into the page.</summary>
internal static class UserPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users", () => Page.Of<UsersPage>());
        routes.MapPost("/users", FindAsync).DisableAntiforgery();
    }

    private static async Task<IResult> FindAsync(HttpContext http, IUsers users)
    {
        if (!http.User.HasClaim(ApiPolicies.ScopeClaim, "admin"))
        {
            return Page.Of<NoticePage>(StatusCodes.Status403Forbidden, ("Title", "Not with this key"), ("Text", "A user's record wants a key with the scope admin; this one reads what shows no person."));
        }

        var userId = (await Forms.ReadAsync(http, "userId"))?.Trim();
        return string.IsNullOrEmpty(userId)
            ? new SeeOther("/users")
            : Page.Of<UsersPage>(("Asked", true), ("User", await users.FindAsync(userId, http.RequestAborted)));
    }
}
