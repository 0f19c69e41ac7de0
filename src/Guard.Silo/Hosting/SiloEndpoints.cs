using System.Net;
using Guard.Silo.Configuration;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Guard.Silo.Hosting;

/// <summary>The silo's own ports: where they listen, what the others are told, and TLS.</summary>
internal static class SiloEndpoints
{
    public static void Add(ISiloBuilder silo, Configuration.SiloOptions options)
    {
        var endpoints = options.Endpoints;
        silo.Configure<Orleans.Configuration.SiloOptions>(named => named.SiloName = options.Name ?? $"{Environment.MachineName}-{endpoints.SiloPort}");
        silo.Configure<EndpointOptions>(orleans =>
        {
            (orleans.AdvertisedIPAddress, orleans.SiloPort, orleans.GatewayPort) = (endpoints.AdvertisedAddress, endpoints.SiloPort, endpoints.GatewayPort);

            var listen = ListeningAddress(endpoints);
            orleans.SiloListeningEndpoint = new IPEndPoint(listen, endpoints.SiloPort);
            orleans.GatewayListeningEndpoint = endpoints.GatewayPort == 0 ? null : new IPEndPoint(listen, endpoints.GatewayPort);
        });
        if (options.Tls is { } settings)
        {
            var certificates = new SiloCertificates(settings);
            silo.Services.AddSingleton(_ => certificates);
            silo.UseTls(tls => Configure(tls, settings, certificates));
        }
    }

    /// <summary>Gets where the silo's ports listen. A pod's address may be put in front of it: it listens on its own, whichever that is.</summary>
    public static IPAddress ListeningAddress(EndpointSettings endpoints) =>
        endpoints.IsLocal ? endpoints.AdvertisedAddress
        : endpoints.AdvertisedAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
        : IPAddress.Any;

    private static void Configure(TlsOptions tls, TlsSettings settings, SiloCertificates certificates)
    {
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;

        // The other side must show a certificate, whichever calls. ClientCertificateMode stays as it is: required, Orleans wants a
        // certificate that is fixed at the start and refuses every connection without it, whatever the selector gives.
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = certificates.IsSilo;
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = settings.Name;
    }
}
