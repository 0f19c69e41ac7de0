using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Hosting;

public sealed class SiloCertificatesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_a_certificate_of_the_silos_authority_and_name_is_a_silo()
    {
        using var ours = new SiloCertificates(Settings("ours"));
        using var theirs = new SiloCertificates(Settings("theirs"));
        using var named = new SiloCertificates(Settings("named") with { Name = "other" });

        Assert.True(ours.IsSilo(ours.Own, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(ours.IsSilo(theirs.Own, null, SslPolicyErrors.None));
        Assert.False(named.IsSilo(named.Own, null, SslPolicyErrors.None));
        Assert.False(ours.IsSilo(ours.Own, null, SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    [Fact]
    public void A_renewed_certificate_is_taken_up_and_a_half_written_one_is_not()
    {
        var settings = Settings("ours");
        using var certificates = new SiloCertificates(settings);
        var before = certificates.Own.Thumbprint;

        File.WriteAllText(settings.CertificateFile, "-----BEGIN");
        File.SetLastWriteTimeUtc(settings.CertificateFile, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(before, certificates.Own.Thumbprint);

        Settings("ours");
        File.SetLastWriteTimeUtc(settings.CertificateFile, new DateTime(2030, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        Assert.NotEqual(before, certificates.Own.Thumbprint);
    }

    [Fact]
    public void A_file_without_a_certificate_is_refused_by_its_setting()
    {
        var settings = Settings("ours");

        Assert.Contains("Guard:Tls:CertificateFile", Assert.Throws<SiloConfigurationException>(() => new SiloCertificates(settings with { CertificateFile = _folder["none.pem"] })).Message);
        Assert.Contains("Guard:Tls:AuthorityFile", Assert.Throws<SiloConfigurationException>(() => new SiloCertificates(settings with { AuthorityFile = settings.KeyFile })).Message);
    }

    private TlsSettings Settings(string authority) => SiloConfiguration.Bind(new ConfigurationBuilder()
        .AddInMemoryCollection(TestCertificates.Write(_folder, authority).Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build()).Tls!;
}
