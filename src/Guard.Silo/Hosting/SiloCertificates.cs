using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Guard.Silo.Configuration;

namespace Guard.Silo.Hosting;

/// <summary>This silo's certificate, read again when its file changes, and the check of the others'. Safe for concurrent use.</summary>
internal sealed class SiloCertificates : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TlsSettings _settings;
    private readonly X509Certificate2 _authority;
    private X509Certificate2 _own;
    private DateTime _written;

    /// <exception cref="SiloConfigurationException">A file is missing or holds no certificate or key.</exception>
    public SiloCertificates(TlsSettings settings)
    {
        _settings = settings;
        (_own, _written) = Read();
        try
        {
            _authority = X509Certificate2.CreateFromPem(File.ReadAllText(settings.AuthorityFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SiloConfigurationException($"Guard:Tls:AuthorityFile does not do: {settings.AuthorityFile} holds no certificate that can be read: {exception.Message}", exception);
        }
    }

    /// <summary>Gets this silo's certificate as it stands in the file.</summary>
    public X509Certificate2 Own
    {
        get
        {
            lock (_gate)
            {
                try
                {
                    if (File.GetLastWriteTimeUtc(_settings.CertificateFile) != _written)
                    {
                        (_own, _written) = Read();
                    }
                }
                catch (SiloConfigurationException)
                {
                    // It is just being replaced: the one before holds until both files fit.
                }

                return _own;
            }
        }
    }

    /// <summary>Gets whether a certificate is of the authority and holds the silos' name.</summary>
    public bool IsSilo(X509Certificate2 certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if ((errors & SslPolicyErrors.RemoteCertificateNotAvailable) != SslPolicyErrors.None || !certificate.MatchesHostname(_settings.Name))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        }

        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _own.Dispose();
        _authority.Dispose();
    }

    private (X509Certificate2 Certificate, DateTime Written) Read()
    {
        try
        {
            return (X509Certificate2.CreateFromPemFile(_settings.CertificateFile, _settings.KeyFile), File.GetLastWriteTimeUtc(_settings.CertificateFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SiloConfigurationException($"Guard:Tls:CertificateFile does not do: {_settings.CertificateFile} and {_settings.KeyFile} hold no certificate with its key: {exception.Message}", exception);
        }
    }
}
