using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Guard.Server.Console.Parts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Decisions;

/// <summary>The decisions, newest first, and the page that explains one. A click's id stands in no address: its decision's number does.</summary>
internal static class DecisionPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/decisions", ListAsync);
        routes.MapGet("/decisions/{number:long}", FindAsync);
        routes.MapPost("/decisions/find", SearchAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(string? verdict, string? slice, string? before, IDecisionLog decisions, CancellationToken cancellationToken)
    {
        var cursor = long.TryParse(before, out var number) ? number : 0;
        var filter = DecisionFilter.Read(verdict, slice, cursor, out var problem);
        if (problem is not null)
        {
            return Page.Of<DecisionsPage>(StatusCodes.Status400BadRequest, ("Filter", filter), ("Problem", problem));
        }

        var page = await decisions.ReadAsync(filter.Query(), cancellationToken);
        return Page.Of<DecisionsPage>(("Filter", filter), ("Found", page), ("Last", decisions.Last));
    }

    private static async Task<IResult> FindAsync(long number, IDecisionLog decisions, CancellationToken cancellationToken)
    {
        if (number < 1 || number > decisions.Last)
        {
            return Page.NotFound($"There is no decision {number} yet; the newest is {decisions.Last}.");
        }

        var page = await decisions.ReadAsync(new DecisionQuery { After = number - 1, Maximum = 1 }, cancellationToken);
        return page.Decisions is [var decision] && decision.Number == number
            ? Page.Of<ExplainedPage>(("Decision", await Explained(decision, decisions, cancellationToken)), ("Last", decisions.Last))
            : Page.NotFound($"Decision {number} is no longer kept.");
    }

    // A single decision asked for by its click is explained in full; a later click of the same id has another number.
    private static async Task<KeptDecision> Explained(KeptDecision decision, IDecisionLog decisions, CancellationToken cancellationToken) =>
        decision.Contributions.IsEmpty && await decisions.FindAsync(decision.ClickId, cancellationToken) is { } found && found.Number == decision.Number ? found : decision;

    private static async Task<IResult> SearchAsync(HttpContext http, IDecisionLog decisions)
    {
        var clickId = (await Forms.ReadAsync(http, "clickId"))?.Trim();
        if (string.IsNullOrEmpty(clickId))
        {
            return new SeeOther("/decisions");
        }

        return await decisions.FindAsync(clickId, http.RequestAborted) is { } decision
            ? new SeeOther(Names.Address(decision))
            : Page.NotFound("No decision of this click is kept: it may be older than what is kept, in quarantine, or not have come yet.");
    }
}
