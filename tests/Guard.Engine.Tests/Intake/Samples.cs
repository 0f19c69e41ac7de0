using System.IO.Compression;
using System.Text;
using Guard.Core.Clicks;

namespace Guard.Engine.Tests.Intake;

/// <summary>Small input that the tests of intake share.</summary>
internal static class Samples
{
    public static KeyedHash Hash { get; } = new(HashingKey.Parse("000102030405060708090a0b0c0d0e0f"));

    public static string Click(string id, string time = "2026-01-01T12:00:00Z") => $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"/ads","type":"guard.ad.click.v1","time":"{{{time}}}","data":{"userId":"u,}]{[\"\\"}}
        """;

    public static byte[] Gzip(string content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
