using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Guard.Benchmarks.Load;

/// <summary>What the host of a virtual machine took of the processors that this process may run on, which Linux counts as stolen.</summary>
/// <param name="Stolen">Ticks since the machine started in which a processor had work and did not run.</param>
/// <param name="All">All ticks.</param>
internal readonly record struct StolenTime(long Stolen, long All)
{
    private const int StolenField = 8;

    /// <summary>The end of the fields that are summed: those of guests follow, whose ticks stand in the user's already.</summary>
    private const int FieldsEnd = 9;

    /// <summary>Reads it; nothing where the system does not count it.</summary>
    public static StolenTime Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        var (processors, sum) = (Processors(), default(StolenTime));
        foreach (var line in File.ReadLines("/proc/stat").Where(line => line.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(line[3])))
        {
            var fields = line.Split(' ');
            if ((processors >> int.Parse(fields[0].AsSpan(3), CultureInfo.InvariantCulture) & 1) != 0)
            {
                var ticks = fields[1..FieldsEnd].Select(field => long.Parse(field, CultureInfo.InvariantCulture));
                sum = new(sum.Stolen + long.Parse(fields[StolenField], CultureInfo.InvariantCulture), sum.All + ticks.Sum());
            }
        }

        return sum;
    }

    /// <summary>Gets which share was stolen since an earlier reading.</summary>
    public double ShareSince(StolenTime begin) => All > begin.All ? (double)(Stolen - begin.Stolen) / (All - begin.All) : 0;

    [SupportedOSPlatform("linux")]
    private static ulong Processors()
    {
        using var self = Process.GetCurrentProcess();
        return (ulong)self.ProcessorAffinity;
    }
}
