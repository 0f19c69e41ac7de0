namespace Guard.Silo.Configuration;

/// <summary>Mutual TLS between silos: each shows a certificate of one authority. Section <c>Guard:Tls</c>; without it, silos talk in the clear.</summary>
public sealed record TlsSettings
{
    /// <summary>Gets the PEM file with this silo's certificate, and the chain up to the authority. Needed.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Gets the PEM file with the certificate's private key. Needed.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Gets the PEM file with the authority's certificate; no other authority's is taken. Needed.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>Gets the name that every silo's certificate holds, such as <c>guard-silo</c>. Default: guard-silo.</summary>
    public string Name { get; init; } = "guard-silo";

    internal void Validate()
    {
        const string Section = "Tls";
        foreach (var (name, file) in new[] { (nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile), (nameof(AuthorityFile), AuthorityFile) })
        {
            Setting.Require(file.Length > 0, Section, name, "give the PEM file");
        }

        Setting.Require(Name.Length > 0, Section, nameof(Name), "give the name that the certificates hold");
    }
}
