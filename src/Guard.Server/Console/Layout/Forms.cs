using Microsoft.AspNetCore.Http;

namespace Guard.Server.Console.Layout;

/// <summary>Reads the small forms of the console, which ask and change nothing.</summary>
internal static class Forms
{
    private const int MostBytes = 8 * 1024;

    /// <summary>Reads one field of a form; <see langword="null"/> where the body is no form, too long, or without it.</summary>
    public static async ValueTask<string?> ReadAsync(HttpContext http, string field)
    {
        if (!http.Request.HasFormContentType || !(http.Request.ContentLength <= MostBytes))
        {
            return null;
        }

        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted))[field];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
