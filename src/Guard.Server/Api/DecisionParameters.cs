using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Guard.Server.Api;

/// <summary>The query of a reader of decisions.</summary>
/// <param name="After">The cursor: decisions with a greater number are read, or a lower one where the newest come first.</param>
/// <param name="Max">The most decisions, in [1, 10,000].</param>
/// <param name="Wait">How many seconds to wait for a decision where there is none yet, in [0, 60].</param>
/// <param name="Newest">Whether the newest come first.</param>
/// <param name="Verdict">The only verdict to read: valid, GIVT or SIVT.</param>
/// <param name="Slice">The only slice to read, with its parts.</param>
internal readonly record struct DecisionParameters(long? After, int? Max, int? Wait, bool? Newest, string? Verdict, string? Slice)
{
    private const int GreatestPage = 10_000;
    private const int GreatestWait = 60;

    /// <summary>Gets how long to wait.</summary>
    /// <exception cref="RequestFault">It is out of its range.</exception>
    public TimeSpan WaitTime => Wait is null or (>= 0 and <= GreatestWait) && !(Wait > 0 && Newest == true)
        ? TimeSpan.FromSeconds(Wait ?? 0)
        : throw Bad("wait", $"give 0 to {GreatestWait} seconds, and none together with newest=true");

    /// <summary>Gets the query.</summary>
    /// <exception cref="RequestFault">A parameter is out of its range.</exception>
    public DecisionQuery Query() => new()
    {
        After = After is null or >= 0 ? After ?? 0 : throw Bad("after", "give 0 or a cursor that an answer told"),
        Maximum = Max is null or (>= 1 and <= GreatestPage) ? Max ?? 1_000 : throw Bad("max", $"give 1 to {GreatestPage}"),
        NewestFirst = Newest ?? false,
        Verdict = Verdict?.ToUpperInvariant() switch
        {
            null => null,
            "VALID" => Core.Scoring.Verdict.Valid,
            "GIVT" => Core.Scoring.Verdict.GeneralInvalid,
            "SIVT" => Core.Scoring.Verdict.SophisticatedInvalid,
            _ => throw Bad("verdict", "give valid, GIVT or SIVT"),
        },
        Slice = Slice is null ? null : SliceOf(Slice),
    };

    /// <summary>Reads a slice's name.</summary>
    /// <exception cref="RequestFault">It names none.</exception>
    public static Slice SliceOf(string name)
    {
        try
        {
            return Core.Clicks.Slice.Parse(name);
        }
        catch (FormatException e)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, "The slice is none: write all, or device[/in|out[/marketplace]] such as mobile/in/DE.", e);
        }
    }

    private static RequestFault Bad(string name, string mend) => new(StatusCodes.Status400BadRequest, $"The parameter {name} is out of its range: {mend}.");
}
