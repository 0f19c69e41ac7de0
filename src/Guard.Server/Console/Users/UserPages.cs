using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
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
        var userId = (await Forms.ReadAsync(http, "userId"))?.Trim();
        return string.IsNullOrEmpty(userId)
            ? new SeeOther("/users")
            : Page.Of<UsersPage>(("Asked", true), ("User", await users.FindAsync(userId, http.RequestAborted)));
    }
}
