using System.Text.Json;
using Guard.Core.Hosting;
using Guard.Server.Answers;
using Guard.Server.Keys;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Api;

/// <summary>What is known of one user, for an appeal or a request for information; it wants the admin scope, since it is a person's record.</summary>
internal static class UserEndpoint
{
    private const string Prefix = "/v1/users/";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Prefix + "{**userId}", FindAsync)
            .RequireAuthorization(ApiPolicies.Admin)
            .WithTags("Users")
            .WithName("FindUser")
            .WithSummary("Finds a user's counters and recent decisions by the id that producers send")
            .Produces<UserAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task FindAsync(HttpContext context, IUsers users, string userId)
    {
        var id = RawPath.NameAfter(context, Prefix, userId);
        if (await users.FindAsync(id, context.RequestAborted) is not { } user)
        {
            throw new RequestFault(StatusCodes.Status404NotFound, "Of this user there are no counters.");
        }

        using var json = new DecisionJson(context.Response);
        json.Raw("{\"asOf\":"u8);
        json.Raw(JsonSerializer.SerializeToUtf8Bytes(user.AsOf, AnswerJson.Default.DateTimeOffset));
        json.Raw(",\"counters\":"u8);
        json.Raw(JsonSerializer.SerializeToUtf8Bytes(Answer.Of(user.Counters), AnswerJson.Default.UserCountersAnswer));
        json.Raw(",\"recent\":["u8);
        await json.WriteAsync(user.Recent, context.RequestAborted);
        json.Raw("]}"u8);
        await json.FlushAsync(context.RequestAborted);
    }
}
