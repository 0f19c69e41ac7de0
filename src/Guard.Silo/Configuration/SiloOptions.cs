using System.Net;
using Guard.Azure.Storage;
using Guard.Grains;
using Guard.Grains.Calibrating;
using Guard.Server;

namespace Guard.Silo.Configuration;

/// <summary>What a silo is made of: section <c>Guard</c> of the configuration, or the environment's <c>GUARD__…</c>.</summary>
public sealed record SiloOptions
{
    /// <summary>Gets the service's id. State belongs to it; it never changes. Default: guard.</summary>
    public string ServiceId { get; init; } = "guard";

    /// <summary>Gets the cluster's id: silos that share it and <see cref="Clustering"/> make one cluster. Default: guard.</summary>
    public string ClusterId { get; init; } = "guard";

    /// <summary>Gets the silo's name. Default: the environment's <c>POD_NAME</c>, else the machine's name with the silo port.</summary>
    public string? Name { get; init; }

    /// <summary>Gets where HTTP is served: addresses with ports, separated by semicolons; beyond this machine only with <see cref="KeyFile"/>. Default: 127.0.0.1:5080.</summary>
    public string Listen { get; init; } = "127.0.0.1:5080";

    /// <summary>Gets the file of API keys that <c>guard key</c> writes. Default: none; every caller on this machine may do everything.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Gets the file with the key by which user ids and addresses are hashed, a secret that all silos share. Default: hashing.key in <see cref="Folder"/>, made on first use, and only for a development cluster.</summary>
    public string? HashingKeyFile { get; init; }

    /// <summary>Gets the folder in which a development cluster keeps models, thresholds, state and decisions. Default: guard-silo-data.</summary>
    public string Folder { get; init; } = "guard-silo-data";

    /// <summary>Gets how long a silo has, once it is told to stop, to hand its work over, in [10 s, 10 min]. Default: 120 s. The orchestrator must wait longer before it kills.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Gets how long a silo that was told to stop goes on serving while load balancers learn that it is not ready, in [0, 1 min], less than <see cref="ShutdownTimeout"/>. Default: 0.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Gets how silos find each other, and where the cluster keeps its state.</summary>
    public ClusteringSettings Clustering { get; init; } = new();

    /// <summary>Gets where silos reach this one.</summary>
    public EndpointSettings Endpoints { get; init; } = new();

    /// <summary>Gets TLS between silos. Default: none.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Gets the event hub. Default: none; events come over HTTP.</summary>
    public HubSettings? EventHubs { get; init; }

    /// <summary>Gets the blob container of models and thresholds. Default: none; <see cref="ClusteringKind.Azure"/> needs it, other kinds may have it.</summary>
    public BlobStorageOptions? Artifacts { get; init; }

    /// <summary>Gets the blob container of grains' state, decisions and quarantine. Default: none; <see cref="ClusteringKind.Azure"/> needs it, other kinds may have it.</summary>
    public BlobStorageOptions? State { get; init; }

    /// <summary>Gets how shards and partitions are laid out and saved.</summary>
    public ClusterOptions Grains { get; init; } = new();

    /// <summary>Gets when and how thresholds are calibrated anew.</summary>
    public CalibrationJobOptions Calibration { get; init; } = new();

    /// <summary>Gets what decides.</summary>
    public PolicySettings Policy { get; init; } = new();

    /// <summary>Gets the HTTP server's bounds, and where telemetry goes.</summary>
    public GuardServerOptions Server { get; init; } = new();

    /// <summary>Gets where alerts are sent. Default: nowhere.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>Gets when a silo under pressure refuses work.</summary>
    public SheddingSettings Shedding { get; init; } = new();

    /// <summary>Gets the addresses of <see cref="Listen"/>.</summary>
    internal IReadOnlyList<IPEndPoint> Addresses =>
        [.. Listen.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(address => TryParse(address)!)];

    /// <summary>Checks every option.</summary>
    /// <exception cref="SiloConfigurationException">One does not do; the message is one line that names it and the mend.</exception>
    public void Validate()
    {
        Require(IsId(ServiceId), nameof(ServiceId), "give 1 to 63 letters, digits and hyphens");
        Require(IsId(ClusterId), nameof(ClusterId), "give 1 to 63 letters, digits and hyphens");
        Require(Name is null or { Length: > 0 and <= 150 }, nameof(Name), "give 1 to 150 characters");
        var addresses = Listen.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(TryParse).ToList();
        Require(addresses.Count > 0 && addresses.All(address => address is not null), nameof(Listen), "give addresses with ports such as 127.0.0.1:5080;[::1]:5080, or 0.0.0.0:8080 for all");
        Require(KeyFile is not null || addresses.All(address => IPAddress.IsLoopback(address!.Address)), nameof(KeyFile), $"others can reach {Listen}; give a file of keys, which `guard key create` makes, or listen on 127.0.0.1");
        Require(HashingKeyFile is not null || Clustering.Kind == ClusteringKind.Development, nameof(HashingKeyFile), "silos on several machines share one key; give its file");
        Require(Folder.Length > 0, nameof(Folder), "give a folder");
        Require(ShutdownTimeout >= TimeSpan.FromSeconds(10) && ShutdownTimeout <= TimeSpan.FromMinutes(10), nameof(ShutdownTimeout), "give 10 s to 10 min");
        Require(DrainDelay >= TimeSpan.Zero && DrainDelay <= TimeSpan.FromMinutes(1) && DrainDelay < ShutdownTimeout, nameof(DrainDelay), $"give 0 to 1 min, less than {nameof(ShutdownTimeout)}");
        Clustering.Validate();
        Endpoints.Validate();
        Require(Clustering.Kind != ClusteringKind.Development || Endpoints.IsLocal, "Endpoints:Address", "a Development cluster stays on one machine; choose another Guard:Clustering:Kind");
        Require(Endpoints.IsLocal || Tls is not null || Endpoints.TrustNetwork, "Tls", "others can reach the silo's ports, and whoever does may call any grain; give certificates, or set Guard:Endpoints:TrustNetwork where a network policy lets only silos in");
        Tls?.Validate();
        EventHubs?.Validate();
        Require(Artifacts is not null || Clustering.Kind != ClusteringKind.Azure, nameof(Artifacts), "Azure keeps models and thresholds in a blob container; give ServiceUri and Container");
        Require(State is not null || Clustering.Kind != ClusteringKind.Azure, nameof(State), "Azure keeps state in a blob container; give ServiceUri and Container");
        Setting.Check(nameof(Artifacts), Artifacts is null ? null : Artifacts.Validate);
        Setting.Check(nameof(State), State is null ? null : State.Validate);
        Setting.Check(nameof(Grains), Grains.Validate);
        Setting.Check(nameof(Calibration), Calibration.Validate);
        var needed = Calibration.Maturity + Calibration.Span + Calibration.Every;
        Require(Grains.Decisions.KeepFor >= needed, "Grains:Decisions:KeepFor", $"calibration reads decisions of its span until they are mature and the next interval is due; give {needed} or more");
        Policy.Validate();
        Setting.Check(nameof(Server), Server.Validate);
        Webhook?.Validate();
        Shedding.Validate();
    }

    private static IPEndPoint? TryParse(string address) =>
        address.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(address.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase), out var parsed) ? parsed : null;

    private static bool IsId(string id) => id.Length is > 0 and <= 63 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static void Require(bool holds, string name, string mend) => Setting.Require(holds, "", name, mend);
}
