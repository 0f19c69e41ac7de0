using System.Net;

namespace Guard.Silo.Configuration;

/// <summary>Where silos and clients reach this silo. Section <c>Guard:Endpoints</c>.</summary>
public sealed record EndpointSettings
{
    /// <summary>Gets the port for other silos, in [1, 65535]. Default: 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Gets the port for clients of the cluster, in [1, 65535], or 0 for none. Default: 30000.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Gets the address that the others are told. Default: the environment's <c>POD_IP</c>, else 127.0.0.1.</summary>
    public string? Address { get; init; }

    /// <summary>
    /// Gets whether something outside, such as a network policy, lets only silos reach these ports. Beyond this machine
    /// either it or <see cref="SiloOptions.Tls"/> is wanted, since whoever reaches them may call any grain. Default: no.
    /// </summary>
    public bool TrustNetwork { get; init; }

    internal IPAddress AdvertisedAddress => Address is null ? IPAddress.Loopback : IPAddress.Parse(Address);

    internal bool IsLocal => IPAddress.IsLoopback(AdvertisedAddress);

    internal void Validate()
    {
        const string Section = "Endpoints";
        Setting.Require(SiloPort is >= 1 and <= 65535, Section, nameof(SiloPort), "give 1 to 65535");
        Setting.Require(GatewayPort is >= 0 and <= 65535, Section, nameof(GatewayPort), "give 1 to 65535, or 0 for none");
        Setting.Require(GatewayPort != SiloPort, Section, nameof(GatewayPort), $"give another port than {nameof(SiloPort)}");
        Setting.Require(Address is null || (IPAddress.TryParse(Address, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address)),
            Section, nameof(Address), "give the IP address by which the others reach this silo");
    }
}
