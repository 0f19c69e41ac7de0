using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Console.Layout;

/// <summary>A file of the console, held in memory; its address changes with its content.</summary>
internal sealed class Asset
{
    private readonly byte[] _content;
    private readonly string _type;
    private readonly EntityTagHeaderValue _tag;

    public Asset(string path, string type, string content)
    {
        _content = Encoding.UTF8.GetBytes(content);
        _type = type;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_content))[..16];
        _tag = new EntityTagHeaderValue($"\"{hash}\"");
        (Path, Address) = (path, $"{path}?v={hash}");
    }

    public string Path { get; }

    /// <summary>Gets the path with the content's hash, which a browser may keep for good.</summary>
    public string Address { get; }

    public IResult Answer(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = http.Request.QueryString.HasValue ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(_content, _type, entityTag: _tag);
    }
}
