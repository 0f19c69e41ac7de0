using System.Net;

namespace Guard.Server;

/// <summary>Where and how the server listens.</summary>
public sealed record GuardServerOptions
{
    /// <summary>Gets the addresses to listen on; port 0 takes a free one. Default: loopback, port 5080.</summary>
    public IReadOnlyList<IPEndPoint> Listen { get; init; } = [new(IPAddress.Loopback, 5080)];

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Listen.Count == 0)
        {
            throw new ArgumentException($"{nameof(Listen)} is empty: give at least one address.");
        }
    }
}
