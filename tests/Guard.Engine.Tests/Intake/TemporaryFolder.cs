using System.IO.Compression;
using System.Text;
using Guard.Core.Clicks;

namespace Guard.Engine.Tests.Intake;

/// <summary>A folder of its own for one test, with the ways to fill it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guard-intake-");

    public static KeyedHash Hash { get; } = new(HashingKey.Parse("000102030405060708090a0b0c0d0e0f"));

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public static string Click(string id, string time = "2026-01-01T12:00:00Z") => $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"/ads","type":"guard.ad.click.v1","time":"{{{time}}}","data":{"userId":"u,}]{[\"\\"}}
        """;

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public static byte[] Gzip(string content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
