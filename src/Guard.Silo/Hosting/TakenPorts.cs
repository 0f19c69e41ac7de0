using System.Net;
using System.Net.Sockets;
using Guard.Silo.Configuration;

namespace Guard.Silo.Hosting;

/// <summary>Finds ports that another program has before a silo joins its cluster, which would have to see it go again.</summary>
internal static class TakenPorts
{
    /// <exception cref="SiloConfigurationException">Another program listens there; the message names the setting.</exception>
    public static void Check(SiloOptions options)
    {
        foreach (var address in options.Addresses)
        {
            Check(nameof(options.Listen), address);
        }

        var (endpoints, own) = (options.Endpoints, SiloEndpoints.ListeningAddress(options.Endpoints));
        Check($"{nameof(options.Endpoints)}:{nameof(endpoints.SiloPort)}", new IPEndPoint(own, endpoints.SiloPort));
        Check($"{nameof(options.Endpoints)}:{nameof(endpoints.GatewayPort)}", new IPEndPoint(own, endpoints.GatewayPort));
    }

    private static void Check(string setting, IPEndPoint address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(address);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new SiloConfigurationException($"Guard:{setting}: another program listens on {address}, perhaps another silo; stop it, or give another port.", exception);
        }
        catch (SocketException)
        {
            // Whoever listens there says what is wrong with it.
        }
    }
}
