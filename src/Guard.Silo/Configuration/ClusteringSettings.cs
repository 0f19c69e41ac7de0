namespace Guard.Silo.Configuration;

/// <summary>How silos find each other, and where the cluster keeps its state. Section <c>Guard:Clustering</c>.</summary>
public sealed record ClusteringSettings
{
    /// <summary>Gets the kind. Default: <see cref="ClusteringKind.Development"/>.</summary>
    public ClusteringKind Kind { get; init; }

    /// <summary>Gets the silo port of the first silo of a development cluster, for every further one on the machine. Default: none; this silo is the first.</summary>
    public int? FirstSiloPort { get; init; }

    /// <summary>Gets PostgreSQL's connection string, a secret. Default: none; <see cref="ClusteringKind.AdoNet"/> needs it.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Gets the storage account's table endpoint, such as <c>https://guard.table.core.windows.net</c>. Default: none; <see cref="ClusteringKind.Azure"/> needs it.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>Gets how long a silo may stay silent until others ask after it, in [1 s, 1 min]; a silo that does not answer three times is given up. Default: 5 s.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how many silos must miss another to give it up, in [1, 5]. Default: 2, or all there are where they are fewer.</summary>
    public int Votes { get; init; } = 2;

    internal void Validate()
    {
        const string Section = "Clustering";
        Setting.Require(Enum.IsDefined(Kind), Section, nameof(Kind), "give Development, AdoNet or Azure");
        Setting.Require(FirstSiloPort is null or (>= 1 and <= 65535), Section, nameof(FirstSiloPort), "give 1 to 65535");
        Setting.Require(FirstSiloPort is null || Kind == ClusteringKind.Development, Section, nameof(FirstSiloPort), "only a Development cluster has a first silo; leave it out");
        Setting.Require(ConnectionString is { Length: > 0 } == (Kind == ClusteringKind.AdoNet), Section, nameof(ConnectionString), "AdoNet needs PostgreSQL's connection string, and no other kind takes one");
        Setting.Require(TableServiceUri is null == (Kind != ClusteringKind.Azure), Section, nameof(TableServiceUri), "Azure needs the account's table endpoint, and no other kind takes one");
        Setting.Require(TableServiceUri is null or { IsAbsoluteUri: true, Scheme: "https" }, Section, nameof(TableServiceUri), "give an absolute https address, since a token must not travel in the clear");
        Setting.Require(ProbeTimeout >= TimeSpan.FromSeconds(1) && ProbeTimeout <= TimeSpan.FromMinutes(1), Section, nameof(ProbeTimeout), "give 1 s to 1 min");
        Setting.Require(Votes is >= 1 and <= 5, Section, nameof(Votes), "give 1 to 5");
    }
}
