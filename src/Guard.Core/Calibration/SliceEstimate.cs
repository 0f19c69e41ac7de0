using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>What is estimated of a slice with a threshold of its own.</summary>
/// <param name="Code">The slice.</param>
/// <param name="Curve">The curve of all its clicks.</param>
/// <param name="Decided">The curve of the clicks that its threshold decides; <see langword="null"/> where leaves of their own take them all.</param>
/// <param name="Concave">The concave function that stands for the curve.</param>
/// <param name="Lower">The least FPR that meets the coverage floor.</param>
/// <param name="Upper">The greatest FPR that it may have.</param>
internal sealed record SliceEstimate(int Code, IvrFprCurve Curve, IvrFprCurve? Decided, IConcaveCurve Concave, double Lower, double Upper)
{
    /// <summary>Estimates all slices that have a threshold of their own, by rising code.</summary>
    /// <exception cref="CalibrationException">A slice's coverage floor needs more FPR than any slice may have.</exception>
    public static SliceEstimate[] Of(SortedClicks clicks, SliceTree tree, CalibrationOptions options)
    {
        var codes = new List<int>();
        var placeOfCode = new int[Slice.Count];
        for (var code = 0; code < Slice.Count; code++)
        {
            placeOfCode[code] = tree.HasOwn(code) ? codes.Count : -1;
            if (tree.HasOwn(code))
            {
                codes.Add(code);
            }
        }

        var group = new int[Slice.Count];
        for (var code = 0; code < Slice.Count; code++)
        {
            group[code] = placeOfCode[tree.Source(code)];
        }

        var decided = clicks.Curves(group, codes.Count);
        var whole = decided.AsSpan().ToArray();
        for (var depth = 0; depth < 3; depth++)
        {
            for (var code = 0; code < Slice.Count; code++)
            {
                group[code] = placeOfCode[Ancestor(code, depth)];
            }

            var curves = clicks.Curves(group, codes.Count);
            for (var place = 0; place < whole.Length; place++)
            {
                whole[place] = Slice.FromCode(codes[place]).Depth == depth ? curves[place] : whole[place];
            }
        }

        var estimates = new SliceEstimate[codes.Count];
        for (var place = 0; place < estimates.Length; place++)
        {
            var lower = whole[place].WithCoverage(options.CoverageFloor).Counts.Fpr;
            var upper = options.SliceFprLimitInForce;
            if (lower > upper)
            {
                throw new CalibrationException($"A robotic coverage of {options.CoverageFloor} needs an FPR of {lower:g4} in slice {Slice.FromCode(codes[place])} where no slice may exceed {upper:g4}: lower the coverage floor or raise the slice FPR limit.");
            }

            estimates[place] = new SliceEstimate(
                codes[place],
                whole[place],
                decided[place].Clicks > 0 ? decided[place] : null,
                CurveFit.Of(whole[place], upper),
                lower,
                upper);
        }

        return estimates;
    }

    private static int Ancestor(int code, int depth)
    {
        var slice = Slice.FromCode(code);
        while (slice.Depth > depth)
        {
            slice = slice.Parent;
        }

        return slice.Code;
    }
}
