using System.Net;
using System.Net.Sockets;

namespace Guard.Silo.Tests.Hosting;

/// <summary>Ports of loopback that are free: Orleans' own cannot be left to the system.</summary>
internal static class FreePorts
{
    /// <summary>Gets ports that nobody listens on, all different.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            Array.ForEach(listeners, listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
