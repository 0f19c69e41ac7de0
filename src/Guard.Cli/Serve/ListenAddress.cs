using System.CommandLine;
using System.Net;

namespace Guard.Cli.Serve;

/// <summary>Where a server listens, as a command line says it.</summary>
internal static class ListenAddress
{
    private static readonly string[] s_everywhere = ["*", "+", "0.0.0.0"];

    public static Option<IReadOnlyList<IPEndPoint>> Option { get; } = new("--url")
    {
        Description = "Where to listen; localhost is 127.0.0.1. Beyond this machine only with keys; port 0 takes a free one",
        HelpName = "http://127.0.0.1:5080",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [new IPEndPoint(IPAddress.Loopback, 5080)],
        CustomParser = result =>
        {
            var addresses = new List<IPEndPoint>();
            foreach (var token in result.Tokens)
            {
                if (Parse(token.Value) is { } address)
                {
                    addresses.Add(address);
                }
                else
                {
                    result.AddError($"--url takes http, an address of this machine and a port, such as http://localhost:5080 or http://0.0.0.0:5080, not '{token.Value}'. For https put a proxy before it.");
                }
            }

            return addresses;
        },
    };

    private static IPEndPoint? Parse(string url)
    {
        const string Scheme = "http://";
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var authority = url[Scheme.Length..].TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(authority[(colon + 1)..], out var port))
        {
            return null;
        }

        var host = authority[..colon];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? new IPEndPoint(IPAddress.Loopback, port)
            : s_everywhere.Contains(host, StringComparer.Ordinal) ? new IPEndPoint(IPAddress.Any, port)
            : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? new IPEndPoint(address, port)
            : null;
    }
}
