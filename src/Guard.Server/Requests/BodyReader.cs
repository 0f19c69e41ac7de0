using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Requests;

/// <summary>Reads a request's body whole, chunked or not, plain or gzip, bounded before and after unpacking.</summary>
internal sealed class BodyReader(BodyBudget budget)
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maximum">The most bytes, after unpacking.</param>
    /// <exception cref="RequestFault">The body is empty, too long, packed otherwise than with gzip, or damaged.</exception>
    public async ValueTask<PooledBody> ReadAsync(HttpContext context, int maximum)
    {
        var request = context.Request;
        var gzip = IsGzip(context);
        var known = gzip ? null : request.ContentLength;
        if (known > maximum)
        {
            throw TooLong(maximum);
        }

        var expected = (int)(known ?? FirstBytes);
        var body = new PooledBody(budget);
        try
        {
            await using var source = gzip ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
            int read;
            while (body.Memory.Length != known && (read = await source.ReadAsync(body.Room(expected), context.RequestAborted)) > 0)
            {
                body.Advance(read);
                if (body.Memory.Length > maximum)
                {
                    throw TooLong(maximum);
                }
            }

            return body.Memory.IsEmpty ? throw new RequestFault(StatusCodes.Status400BadRequest, "The body is empty.") : body;
        }
        catch (InvalidDataException e)
        {
            body.Dispose();
            throw new RequestFault(StatusCodes.Status400BadRequest, "The body is not whole gzip, as its Content-Encoding says; nothing of it was taken in.", e);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static bool IsGzip(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        context.Response.Headers[HeaderNames.AcceptEncoding] = "gzip";
        throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, "The Content-Encoding is not read here: send the body plain or with gzip.");
    }

    private static RequestFault TooLong(int maximum) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {maximum} bytes, counted after unpacking: send it in parts.");
}
