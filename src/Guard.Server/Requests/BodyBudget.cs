using Microsoft.AspNetCore.Http;

namespace Guard.Server.Requests;

/// <summary>Bounds the memory of all request bodies at one time.</summary>
internal sealed class BodyBudget(GuardServerOptions options)
{
    private long _taken;

    /// <summary>Gets the bytes that bodies hold now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <exception cref="RequestFault">All bodies together would take more than the server allows: 429.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > options.AllBodyBytes)
        {
            Return(bytes);
            throw new RequestFault(StatusCodes.Status429TooManyRequests, "The server holds as many request bodies as it may.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }

    public void Return(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
