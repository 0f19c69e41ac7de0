using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>The curve of every slice that has purchasing clicks, at all four depths.</summary>
internal sealed class SliceCurves
{
    private readonly IvrFprCurve?[] _curves = new IvrFprCurve?[Slice.Count];

    private SliceCurves()
    {
    }

    /// <summary>Gets a slice's curve; <see langword="null"/> without purchasing clicks.</summary>
    public IvrFprCurve? this[int code] => _curves[code];

    public static SliceCurves Of(SortedClicks clicks, SliceTree tree)
    {
        var result = new SliceCurves();
        var group = new int[Slice.Count];
        var ancestors = Enumerable.Range(0, Slice.Count).ToArray();
        for (var depth = 3; depth >= 0; depth--)
        {
            var codes = new List<int>();
            var placeOfCode = new int[Slice.Count];
            for (var code = 0; code < Slice.Count; code++)
            {
                var wanted = Slice.FromCode(code).Depth == depth && tree[code].Purchasing > 0;
                placeOfCode[code] = wanted ? codes.Count : -1;
                if (wanted)
                {
                    codes.Add(code);
                }
            }

            for (var code = 0; code < Slice.Count; code++)
            {
                var ancestor = Slice.FromCode(ancestors[code]);
                ancestors[code] = ancestor.Depth > depth ? ancestor.Parent.Code : ancestor.Code;
                group[code] = placeOfCode[ancestors[code]];
            }

            var curves = clicks.Curves(group, codes.Count);
            for (var place = 0; place < curves.Length; place++)
            {
                result._curves[codes[place]] = curves[place];
            }
        }

        return result;
    }
}
