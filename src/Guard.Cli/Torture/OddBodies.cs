using System.IO.Compression;
using System.Text;

namespace Guard.Cli.Torture;

/// <summary>Whole requests that are broken: their body, its packing, its type or its address.</summary>
internal static class OddBodies
{
    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 8;

    private const int Deep = 200_000;
    private const int Bomb = 64 << 20;
    private static readonly string[] s_types = ["application/x-ndjson", "application/cloudevents+json", "application/cloudevents-batch+json", "application/json", "text/plain", "x/y; charset=utf-7"];
    private static readonly string[] s_paths = ["v1/events", "v1/score", "hub/messages", "v1/events/", "v1/decisions?after=-1", "v1/events?after=%00"];

    /// <summary>Sends one of any kind.</summary>
    public static Task SendAsync(Uri address, Mutations mutations, Random random, Findings findings, TimeSpan soon, CancellationToken cancellation) =>
        SendAsync(random.Next(Kinds), address, mutations, random, findings, soon, cancellation);

    /// <summary>Sends one of a kind. A refusal is right; an error of the server's own, or no answer, is a finding.</summary>
    public static async Task SendAsync(int kind, Uri address, Mutations mutations, Random random, Findings findings, TimeSpan soon, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = soon };
        var (path, type) = (s_paths[random.Next(s_paths.Length)], s_types[random.Next(s_types.Length)]);
        using var content = new ByteArrayContent(Body(kind, mutations, random));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (kind >= 4)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", kind == 7 ? "br, gzip, unheard-of" : "gzip");
        }

        try
        {
            using var response = await http.PostAsync(path, content, cancellation);
            findings.Require((int)response.StatusCode is < 500 or 503, $"{path} as {type}, broken body {kind}: {(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            // The server may close a connection on which nonsense comes; whether it lives is seen by the next body.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            findings.Add($"{path} as {type}, broken body {kind}: no answer within {soon.TotalSeconds:N0} s");
        }
    }

    private static byte[] Body(int kind, Mutations mutations, Random random) => kind switch
    {
        0 => mutations.Noise(random.Next(0, 100_000)),
        1 => Encoding.ASCII.GetBytes(new string('[', Deep)),
        2 => Encoding.ASCII.GetBytes("[" + string.Concat(Enumerable.Repeat("{},[],,1,\"\",", 2_000)) + "]"),
        3 => [],
        4 => mutations.Noise(random.Next(1, 10_000)),
        5 => Cut(Zip(mutations.Noise(random.Next(100, 10_000))), random),
        6 => Zip(new byte[Bomb]),
        _ => Zip("{}"u8.ToArray()),
    };

    private static byte[] Cut(byte[] bytes, Random random) => bytes[..random.Next(1, bytes.Length)];

    private static byte[] Zip(byte[] bytes)
    {
        var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
