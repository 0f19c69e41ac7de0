using System.Globalization;

namespace Guard.Engine.Log;

/// <summary>Names of a log's files: a segment is named by the position of its first block, so that names sort as blocks do.</summary>
internal static class SegmentName
{
    public const string Segment = ".segment";
    public const string Index = ".index";
    public const string Aside = ".aside";
    public const string Dropped = ".dropped";
    public const string Partial = ".partial";

    public static string Of(string folder, long position) => Path.Combine(folder, position.ToString("D19", CultureInfo.InvariantCulture) + Segment);

    public static string IndexOf(string segment) => Path.ChangeExtension(segment, Index);

    /// <summary>Lists the segments of a folder in order.</summary>
    public static List<(long First, string Path)> List(string folder)
    {
        var segments = new List<(long First, string Path)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Segment))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var first) && Of(folder, first) == path)
            {
                segments.Add((first, path));
            }
        }

        segments.Sort();
        return segments;
    }

    /// <summary>Finds a free name beside a file for what is set aside.</summary>
    public static string AsideOf(string path)
    {
        var aside = path + Aside;
        for (var again = 1; File.Exists(aside); again++)
        {
            aside = $"{path}.{again}{Aside}";
        }

        return aside;
    }
}
