using System.Net;
using System.Text.Json;
using Guard.Cli.Api;
using Guard.Cli.Torture;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Compares what a cluster and a local engine know of users: their counters, and their latest decisions as far back as both keep them at hand.</summary>
internal static class UserComparison
{
    private const string Recent = "recent";

    /// <summary>Adds every difference to the findings.</summary>
    /// <returns>How many users both know.</returns>
    public static async Task<int> RunAsync(IEnumerable<string> users, GuardApi local, GuardApi cluster, Findings findings, CancellationToken cancellation)
    {
        var known = 0;
        foreach (var user in users)
        {
            var path = $"v1/users/{Uri.EscapeDataString(user)}";
            var (expected, actual) = (await FindAsync(local, path, cancellation), await FindAsync(cluster, path, cancellation));
            findings.Require(expected is null == actual is null, $"{path} is {(expected is null ? "unknown" : "known")} without faults and {(actual is null ? "unknown" : "known")} with them");
            if (expected is { } left && actual is { } right)
            {
                known++;
                foreach (var member in left.EnumerateObject())
                {
                    findings.Require(IsSame(member, right.GetProperty(member.Name)), $"{path}.{member.Name} is {member.Value.GetRawText()} without faults and {right.GetProperty(member.Name).GetRawText()} with them");
                }
            }
        }

        return known;
    }

    // Newest first: the host that keeps fewer has the same beginning.
    private static bool IsSame(JsonProperty expected, JsonElement actual) =>
        expected.Name == Recent
            ? expected.Value.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => JsonElement.DeepEquals(pair.First, pair.Second))
            : JsonElement.DeepEquals(expected.Value, actual);

    private static async Task<JsonElement?> FindAsync(GuardApi api, string path, CancellationToken cancellation)
    {
        try
        {
            return await api.GetAsync(path, cancellation);
        }
        catch (ApiException unknown) when (unknown.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
