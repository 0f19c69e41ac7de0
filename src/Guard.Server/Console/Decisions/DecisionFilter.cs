using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Scoring;
using Guard.Server.Console.Slices;

namespace Guard.Server.Console.Decisions;

/// <summary>Which decisions the list shows, as its address says.</summary>
/// <param name="Verdict">The only verdict; <see langword="null"/> for all.</param>
/// <param name="Slice">The slice with its parts; <see langword="null"/> for all.</param>
/// <param name="Before">The cursor: decisions with a lower number; 0 from the newest.</param>
public sealed record DecisionFilter(Verdict? Verdict, Slice? Slice, long Before)
{
    /// <summary>How many decisions a page shows.</summary>
    public const int Rows = 50;

    /// <summary>Gets the choices of a verdict: key in the address, name, verdict.</summary>
    public static IReadOnlyList<(string Key, string Name, Verdict? Verdict)> Verdicts { get; } =
    [
        ("", "all verdicts", null),
        ("valid", "valid", Guard.Core.Scoring.Verdict.Valid),
        ("givt", "invalid by list", Guard.Core.Scoring.Verdict.GeneralInvalid),
        ("sivt", "invalid by model", Guard.Core.Scoring.Verdict.SophisticatedInvalid),
    ];

    /// <summary>Gets the verdict as the address says it.</summary>
    public string VerdictKey => Verdicts.First(verdict => verdict.Verdict == Verdict).Key;

    /// <summary>Gets the slice as the address says it.</summary>
    public string SliceText => Slice?.ToString() ?? "";

    /// <summary>Gets whether the newest decisions are shown, which new ones join.</summary>
    public bool IsNewest => Before == 0;

    /// <summary>Reads the parts of an address.</summary>
    /// <param name="verdict">The key of a verdict.</param>
    /// <param name="slice">The name of a slice.</param>
    /// <param name="before">The cursor.</param>
    /// <param name="problem">What is wrong with them, in one line; <see langword="null"/> where nothing is.</param>
    public static DecisionFilter Read(string? verdict, string? slice, long? before, out string? problem)
    {
        problem = null;
        var known = Verdicts.Where(item => item.Key == (verdict ?? "")).ToArray();
        var wanted = string.IsNullOrWhiteSpace(slice) ? null : SlicePages.Read(slice.Trim());
        if (known.Length == 0)
        {
            problem = "The verdict is unknown: choose valid, givt or sivt.";
        }
        else if (wanted is null && !string.IsNullOrWhiteSpace(slice))
        {
            problem = "This is no slice: write all, or device[/in|out[/marketplace]], such as mobile/in/DE.";
        }

        return new DecisionFilter(known.FirstOrDefault().Verdict, wanted, Math.Max(0, before ?? 0));
    }

    /// <summary>Gets the question to the host.</summary>
    public DecisionQuery Query() => new() { NewestFirst = true, Maximum = Rows, After = Before, Verdict = Verdict, Slice = Slice };

    /// <summary>Writes the address of the same decisions from another cursor on.</summary>
    public string Address(long before)
    {
        List<string> parts = [];
        if (VerdictKey.Length > 0)
        {
            parts.Add($"verdict={VerdictKey}");
        }

        if (Slice is not null)
        {
            parts.Add($"slice={Uri.EscapeDataString(SliceText)}");
        }

        if (before > 0)
        {
            parts.Add($"before={before}");
        }

        return parts.Count == 0 ? "/decisions" : $"/decisions?{string.Join('&', parts)}";
    }
}
