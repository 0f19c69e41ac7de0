using Guard.Silo.Configuration;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Configuration;

public sealed class SiloConfigurationTests
{
    private static SiloOptions Bind(params (string Key, string? Value)[] settings) => SiloConfiguration.Bind(ConfigurationOf(settings));

    private static IConfigurationRoot ConfigurationOf(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Key, (key, same) => KeyValuePair.Create(key, same.Last().Value))).Build();

    [Fact]
    public void Without_any_setting_a_silo_makes_a_development_cluster_that_only_this_machine_reaches()
    {
        var options = Bind();

        Assert.Equal(ClusteringKind.Development, options.Clustering.Kind);
        Assert.Equal("127.0.0.1:5080", Assert.Single(options.Addresses).ToString());
        Assert.True(options.Endpoints.IsLocal);
        Assert.Equal(TimeSpan.FromSeconds(120), options.ShutdownTimeout);
    }

    [Fact]
    public void Settings_are_read_whatever_their_case_as_an_environment_writes_them()
    {
        var options = Bind(
            ("GUARD:CLUSTERING:KIND", "adonet"), ("GUARD:CLUSTERING:CONNECTIONSTRING", "Host=db"), ("GUARD:HASHINGKEYFILE", "/keys/hashing"),
            ("GUARD:GRAINS:SHARDS", "16"), ("GUARD:GRAINS:INTAKE:DUPLICATECAPACITY", "5000"), ("GUARD:POLICY:POLLEVERY", "00:00:10"),
            ("GUARD:SERVER:BODYBYTES", "1048576"), ("GUARD:SERVER:OTLPENDPOINT", "http://collector:4317"), ("GUARD:LISTEN", "127.0.0.1:1; [::1]:2"),
            ("GUARD:SERVER:SHAREDACCESSPOLICIES:0:NAME", "shop"), ("GUARD:SERVER:SHAREDACCESSPOLICIES:0:KEY", new string('k', 44)));

        Assert.Equal(ClusteringKind.AdoNet, options.Clustering.Kind);
        Assert.Equal((16, 5000), (options.Grains.Shards, options.Grains.Intake.DuplicateCapacity));
        Assert.Equal(TimeSpan.FromSeconds(10), options.Policy.PollEvery);
        Assert.Equal(1 << 20, options.Server.BodyBytes);
        Assert.Equal("collector", options.Server.OtlpEndpoint!.Host);
        Assert.Equal(["127.0.0.1:1", "[::1]:2"], options.Addresses.Select(address => address.ToString()));
        Assert.Equal("shop", Assert.Single(options.Server.SharedAccessPolicies).Name);
    }

    [Fact]
    public void A_pod_tells_its_name_and_its_address()
    {
        (string, string?)[] pod = [("POD_NAME", "guard-0"), ("POD_IP", "10.0.0.7"), .. Shared, ("Guard:Endpoints:TrustNetwork", "true")];

        Assert.Equal(("guard-0", "10.0.0.7"), (Bind(pod).Name, Bind(pod).Endpoints.AdvertisedAddress.ToString()));
        Assert.Equal("other", Bind([.. pod, ("Guard:Name", "other")]).Name);
    }

    [Fact]
    public void A_cluster_in_Azure_is_described_by_its_services()
    {
        var options = Bind(Azure);

        Assert.Equal("guard-clicks", options.EventHubs!.Hub);
        Assert.Equal("state", options.State!.Container);
        Assert.Equal("positions", options.EventHubs.Checkpoints!.Container);
    }

    [Theory]
    [InlineData("Guard:Clusterin:Kind", "AdoNet", "Guard:Clusterin: there is no such setting; there are ")]
    [InlineData("Guard:Clustering:Knd", "AdoNet", "Guard:Clustering:Knd: there is no such setting; there are ConnectionString, FirstSiloPort, Kind, ")]
    [InlineData("Guard:Grains:Intake:Window", "1", "Guard:Grains:Intake:Window: there is no such setting")]
    [InlineData("Guard:Server:Keys:0:Id", "x", "Guard:Server:Keys: is set by Guard:KeyFile")]
    [InlineData("Guard:Server:SharedAccessPolicies:0:Secret", "x", "Guard:Server:SharedAccessPolicies:0:Secret: there is no such setting; there are Hub, Key, Name")]
    [InlineData("Guard:Listen:0", "127.0.0.1:80", "Guard:Listen: takes one value")]
    [InlineData("Guard:Grains", "64", "Guard:Grains: holds settings and no value of its own")]
    [InlineData("Guard:Clustering:Kind", "Postgres", "Guard:Clustering:Kind")]
    [InlineData("Guard:Grains:Shards", "many", "Guard:Grains:Shards")]
    [InlineData("Guard:ShutdownTimeout", "soon", "Guard:ShutdownTimeout")]
    public void What_is_unknown_or_no_value_of_its_kind_is_refused_by_its_key(string key, string value, string message) => Refused(message, (key, value));

    [Theory]
    [InlineData("ServiceId", "no spaces here")]
    [InlineData("ClusterId", "")]
    [InlineData("Name", "")]
    [InlineData("Listen", "5080")]
    [InlineData("Listen", "")]
    [InlineData("Folder", "")]
    [InlineData("ShutdownTimeout", "00:00:09")]
    [InlineData("DrainDelay", "00:02:00")]
    [InlineData("Clustering:FirstSiloPort", "70000")]
    [InlineData("Clustering:ConnectionString", "Host=db")]
    [InlineData("Clustering:TableServiceUri", "https://guard.table.core.windows.net")]
    [InlineData("Clustering:ProbeTimeout", "00:02:00")]
    [InlineData("Clustering:Votes", "0")]
    [InlineData("Endpoints:SiloPort", "0")]
    [InlineData("Endpoints:GatewayPort", "70000")]
    [InlineData("Endpoints:GatewayPort", "11111")]
    [InlineData("Endpoints:Address", "guard-0")]
    [InlineData("Endpoints:Address", "0.0.0.0")]
    [InlineData("Endpoints:Address", "10.0.0.7")]
    [InlineData("Tls:CertificateFile", "silo.pem", "Tls:KeyFile")]
    [InlineData("EventHubs:Hub", "guard-clicks", "EventHubs:Namespace")]
    [InlineData("Artifacts:Container", "guard", "Artifacts: The blob storage option ServiceUri")]
    [InlineData("State:ServiceUri", "http://guard.blob.core.windows.net", "State: The blob storage option ServiceUri")]
    [InlineData("Grains:Shards", "0", "Grains: The cluster option Shards")]
    [InlineData("Grains:Intake:DuplicateCapacity", "0", "Grains: The intake option DuplicateCapacity")]
    [InlineData("Calibration:Every", "00:01:00", "Calibration: The calibration option Every")]
    [InlineData("Calibration:Calibration:Budget", "2", "Calibration: The calibration option Calibration is out of range: give budget 2 ")]
    [InlineData("Calibration:Bounds:GreatestFpr", "2", "Calibration: A calibration bound")]
    [InlineData("Policy:Name", "a/b")]
    [InlineData("Policy:PollEvery", "00:00:00.010")]
    [InlineData("Server:BodyBytes", "1", "Server: The server option BodyBytes")]
    [InlineData("Server:TraceShare", "2", "Server: The server option TraceShare")]
    [InlineData("Shedding:CpuPercent", "10")]
    [InlineData("Shedding:MemoryPercent", "101")]
    [InlineData("Shedding:ActivationPercent", "101")]
    public void What_is_out_of_its_range_is_refused_by_its_key(string key, string value, string? named = null) => Refused($"Guard:{named ?? key}", ($"Guard:{key}", value));

    [Theory]
    [InlineData("EventHubs:Namespace", "https://guard.servicebus.windows.net")]
    [InlineData("EventHubs:ConnectionString", "Endpoint=sb://x", "EventHubs:Namespace")]
    [InlineData("EventHubs:Credential", "7")]
    [InlineData("EventHubs:ClientId", "me")]
    [InlineData("EventHubs:Hub", "Clicks")]
    [InlineData("EventHubs:ConsumerGroup", "")]
    [InlineData("EventHubs:BatchSize", "0")]
    [InlineData("EventHubs:PollEvery", "00:00:02")]
    [InlineData("EventHubs:GatherFor", "00:00:06")]
    [InlineData("EventHubs:DeliverFor", "00:00:01")]
    [InlineData("EventHubs:CacheFor", "02:00:00")]
    [InlineData("EventHubs:Checkpoints:Container", "UPPER", "EventHubs:Checkpoints: The blob storage option Container")]
    [InlineData("Clustering:TableServiceUri", "http://guard.table.core.windows.net")]
    [InlineData("State:Container", "x", "State: The blob storage option Container")]
    public void A_cluster_in_Azure_is_refused_by_the_key_that_does_not_do(string key, string value, string? named = null) =>
        Refused($"Guard:{named ?? key}", [.. Azure, ($"Guard:{key}", value)]);

    [Theory]
    [InlineData("Guard:Clustering:ConnectionString", "Guard:Clustering:ConnectionString")]
    [InlineData("Guard:HashingKeyFile", "Guard:HashingKeyFile")]
    public void A_cluster_in_PostgreSQL_is_refused_without_what_it_needs(string missing, string named) =>
        Refused(named, [.. Shared.Where(setting => setting.Key != missing)]);

    [Theory]
    [InlineData("Guard:Clustering:TableServiceUri")]
    [InlineData("Guard:Artifacts:ServiceUri", "Guard:Artifacts")]
    [InlineData("Guard:State:ServiceUri", "Guard:State")]
    public void A_cluster_in_Azure_is_refused_without_what_it_needs(string missing, string? named = null) =>
        Refused(named ?? missing, [.. Azure.Where(setting => setting.Key != missing)]);

    [Fact]
    public void Ports_that_others_reach_want_certificates_or_a_network_that_keeps_strangers_out()
    {
        (string, string?)[] reachable = [.. Shared, ("Guard:Endpoints:Address", "10.0.0.7")];

        Refused("Guard:Tls", reachable);
        Assert.True(Bind([.. reachable, ("Guard:Endpoints:TrustNetwork", "true")]).Endpoints.TrustNetwork);
    }

    [Fact]
    public void Http_that_others_reach_wants_keys()
    {
        Refused("Guard:KeyFile", ("Guard:Listen", "0.0.0.0:8080"));
        Assert.Equal("0.0.0.0:8080", Assert.Single(Bind(("Guard:Listen", "0.0.0.0:8080"), ("Guard:KeyFile", "keys.json")).Addresses).ToString());
    }

    private static (string Key, string? Value)[] Shared =>
        [("Guard:Clustering:Kind", "AdoNet"), ("Guard:Clustering:ConnectionString", "Host=db"), ("Guard:HashingKeyFile", "/keys/hashing")];

    private static (string Key, string? Value)[] Azure =>
    [
        ("Guard:Clustering:Kind", "Azure"), ("Guard:Clustering:TableServiceUri", "https://guard.table.core.windows.net"), ("Guard:HashingKeyFile", "/keys/hashing"),
        ("Guard:Artifacts:ServiceUri", "https://models.blob.core.windows.net"), ("Guard:State:ServiceUri", "https://state.blob.core.windows.net"), ("Guard:State:Container", "state"),
        ("Guard:EventHubs:Namespace", "guard.servicebus.windows.net"), ("Guard:EventHubs:Hub", "guard-clicks"), ("Guard:EventHubs:ConsumerGroup", "guard"),
        ("Guard:EventHubs:Checkpoints:ServiceUri", "https://state.blob.core.windows.net"), ("Guard:EventHubs:Checkpoints:Container", "positions"),
    ];

    private static void Refused(string named, params (string Key, string? Value)[] settings)
    {
        var message = Assert.Throws<SiloConfigurationException>(() => Bind(settings)).Message;
        Assert.Contains(named, message);
        Assert.DoesNotContain('\n', message);
    }
}
