using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Slices;

/// <summary>The slices of traffic, and the page of each.</summary>
internal static class SlicePages
{
    private const int MostRows = 400;
    private const int FewColumns = 14;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/slices", ListAsync);
        routes.MapGet("/slices/{**slice}", FindAsync);
    }

    private static async Task<IResult> ListAsync(string? sort, ITraffic traffic, CancellationToken cancellationToken)
    {
        var order = SliceOrder.Of(sort);
        var slices = await traffic.SlicesAsync(cancellationToken);
        var policy = await traffic.PolicyAsync(cancellationToken);
        return Page.Of<SlicesPage>(
            ("Slices", order.Apply(slices).Take(MostRows).ToArray()),
            ("Total", slices.Count),
            ("Order", order),
            ("Budget", policy.Thresholds.Calibration.Options.Budget));
    }

    private static async Task<IResult> FindAsync(string slice, string? span, ITraffic traffic, CancellationToken cancellationToken)
    {
        if (Read(slice) is not { } wanted)
        {
            return Page.NotFound($"'{slice}' is no slice: write all, or device, device/in or device/out, or device/in/DE, such as mobile/in/DE.");
        }

        if (await traffic.CourseAsync(wanted, cancellationToken) is not { } course)
        {
            return Page.NotFound($"No click of the slice {wanted} has come yet.");
        }

        var chosen = CourseSpan.Of(span);
        var slices = await traffic.SlicesAsync(cancellationToken);
        return Page.Of<SlicePage>(
            ("Traffic", course.Traffic),
            ("Course", Course.Of(course.Intervals, chosen.Length)),
            ("Coarse", Course.Of(course.Intervals, chosen.Length, FewColumns)),
            ("Span", chosen),
            ("Curve", course.Curve),
            ("Parts", slices.Where(part => part.Slice != wanted && part.Slice.Parent == wanted).ToArray()),
            ("Policy", await traffic.PolicyAsync(cancellationToken)));
    }

    /// <summary>Reads a slice, or gets <see langword="null"/> where the text names none.</summary>
    public static Slice? Read(string text)
    {
        try
        {
            return Slice.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
