using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Guard.Silo.Tests.Hosting;

/// <summary>An authority of a test's own, and a silo's certificate from it.</summary>
internal static class TestCertificates
{
    /// <summary>Writes the files of one authority.</summary>
    /// <returns>The settings that name them.</returns>
    public static (string Key, string? Value)[] Write(TemporaryFolder folder, string authority)
    {
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest($"CN={authority}", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var signed = root.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var silo = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("guard-silo");
        silo.CertificateExtensions.Add(names.Build());
        using var certificate = silo.Create(signed, from, until, [1, 2, 3, 4]);
        return
        [
            ("Guard:Tls:CertificateFile", folder.Write($"{authority}-silo.pem", certificate.ExportCertificatePem())),
            ("Guard:Tls:KeyFile", folder.Write($"{authority}-silo.key", key.ExportPkcs8PrivateKeyPem())),
            ("Guard:Tls:AuthorityFile", folder.Write($"{authority}-authority.pem", signed.ExportCertificatePem())),
        ];
    }
}
