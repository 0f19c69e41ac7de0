using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core;

namespace Guard.Azure.Tests.Azurite;

/// <summary>Tokens of the form that Azure's directory issues, for an emulator that reads their claims; and the https that tokens ask for.</summary>
internal sealed class TestIdentity : TokenCredential, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guard-test-");
    private readonly X509Certificate2 _certificate;

    public TestIdentity()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificatePath, _certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Gets what makes the emulator speak https and want tokens.</summary>
    public string[] EmulatorArguments => ["--cert", CertificatePath, "--key", KeyPath, "--oauth", "basic"];

    /// <summary>Gets the scopes that tokens were asked for.</summary>
    public List<string> Scopes { get; } = [];

    private string CertificatePath => Path.Combine(_folder.FullName, "cert.pem");

    private string KeyPath => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>Makes a client that trusts the emulator's certificate, and no other.</summary>
    public HttpClient TrustingClient() => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString() },
    });

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        var now = TimeProvider.System.GetUtcNow();
        var claims = new { aud = "https://storage.azure.com", iss = "https://sts.windows-ppe.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/", iat = now.AddMinutes(-5).ToUnixTimeSeconds(), nbf = now.AddMinutes(-5).ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() };
        var parts = new[] { JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", typ = "JWT" }), JsonSerializer.SerializeToUtf8Bytes(claims), [0] };
        return new AccessToken(string.Join('.', parts.Select(part => Base64Url.EncodeToString(part))), now.AddHours(1));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }
}
