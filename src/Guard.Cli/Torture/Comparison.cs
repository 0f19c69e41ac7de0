using System.Net;
using System.Text.Json;
using Guard.Cli.Api;

namespace Guard.Cli.Torture;

/// <summary>Compares what two Guards decided and counted, value by value, through their API.</summary>
internal static class Comparison
{
    private const int Page = 1_000;
    private const int Longest = 200;

    /// <summary>So many decisions never come without a reading of telemetry between them.</summary>
    private const int SurelyTelemetry = 2_000;

    private static readonly JsonElement s_nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Adds every difference to the findings.</summary>
    /// <returns>How many decisions were compared.</returns>
    public static async Task<long> RunAsync(GuardApi reference, GuardApi tortured, Findings findings, CancellationToken cancellation)
    {
        var decisions = await DecisionsAsync(reference, tortured, findings, cancellation);
        await SameAsync("v1/slices", reference, tortured, findings, cancellation);
        await StreamsAsync(decisions, reference, tortured, findings, cancellation);
        return decisions;
    }

    /// <summary>Compares the counters and recent decisions of users.</summary>
    /// <returns>How many users were compared.</returns>
    public static async Task<int> UsersAsync(IEnumerable<string> users, GuardApi reference, GuardApi tortured, Findings findings, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var user in users)
        {
            await SameAsync($"v1/users/{Uri.EscapeDataString(user)}", reference, tortured, findings, cancellation);
            count++;
        }

        return count;
    }

    private static async Task<long> DecisionsAsync(GuardApi reference, GuardApi tortured, Findings findings, CancellationToken cancellation)
    {
        var (after, count) = (0L, 0L);
        while (true)
        {
            var path = $"v1/decisions?after={after}&max={Page}&wait=0";
            var (expected, actual) = (await reference.GetAsync(path, cancellation), await tortured.GetAsync(path, cancellation));
            var (left, right) = (expected.GetProperty("decisions"), actual.GetProperty("decisions"));
            for (var row = 0; row < Math.Min(left.GetArrayLength(), right.GetArrayLength()); row++)
            {
                Same($"decision {after + row + 1}", left[row], right[row], findings);
            }

            findings.Require(left.GetArrayLength() == right.GetArrayLength(), $"after decision {after}: {left.GetArrayLength()} decisions without faults, {right.GetArrayLength()} with them");
            var missed = expected.GetProperty("missed").GetInt64();
            findings.Require(missed == 0 && actual.GetProperty("missed").GetInt64() == 0, $"decisions after {after} are no longer kept");
            count += left.GetArrayLength();
            var next = expected.GetProperty("next").GetInt64();
            if (left.GetArrayLength() == 0 || next <= after)
            {
                return count;
            }

            after = next;
        }
    }

    /// <summary>Compares the producers' streams. Guard's own follow its clock and not the events.</summary>
    private static async Task StreamsAsync(long decisions, GuardApi reference, GuardApi tortured, Findings findings, CancellationToken cancellation)
    {
        var expected = Theirs(await reference.GetAsync("v1/streams", cancellation));
        var actual = Theirs(await tortured.GetAsync("v1/streams", cancellation));
        findings.Require(expected.Count > 0 || decisions < SurelyTelemetry, "no stream of telemetry is listed");
        findings.Require(expected.SequenceEqual(actual, StringComparer.Ordinal), $"the streams differ: {string.Join(", ", expected)} without faults, {string.Join(", ", actual)} with them");
    }

    private static List<string> Theirs(JsonElement answer)
    {
        var streams = answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("streams");
        return [.. streams.EnumerateArray()
            .Where(stream => !stream.GetProperty("stream").GetString()!.StartsWith("guard.", StringComparison.Ordinal))
            .Select(stream => $"{stream.GetProperty("stream").GetString()} {stream.GetProperty("rows").GetInt64()} rows")];
    }

    private static async Task SameAsync(string path, GuardApi reference, GuardApi tortured, Findings findings, CancellationToken cancellation) =>
        Same(path, await KnownAsync(reference, path, cancellation), await KnownAsync(tortured, path, cancellation), findings);

    /// <summary>Reads what a Guard knows; an answer without members where it knows nothing.</summary>
    private static async Task<JsonElement> KnownAsync(GuardApi api, string path, CancellationToken cancellation)
    {
        try
        {
            return await api.GetAsync(path, cancellation);
        }
        catch (ApiException unknown) when (unknown.Status == HttpStatusCode.NotFound)
        {
            return s_nothing;
        }
    }

    private static void Same(string what, JsonElement expected, JsonElement actual, Findings findings)
    {
        if (!JsonElement.DeepEquals(expected, actual))
        {
            findings.Add(what + Difference(expected, actual));
        }
    }

    /// <summary>Names the first member that differs, with both values. What identifies people stands in none: a user's answer has counters alone.</summary>
    private static string Difference(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                if (!actual.TryGetProperty(member.Name, out var other) || !JsonElement.DeepEquals(member.Value, other))
                {
                    return "." + member.Name + Difference(member.Value, other);
                }
            }
        }

        if (expected.ValueKind != JsonValueKind.Array || actual.ValueKind != JsonValueKind.Array)
        {
            return $" is {Text(expected)} without faults and {Text(actual)} with them";
        }

        return expected.GetArrayLength() == actual.GetArrayLength()
            ? string.Concat(expected.EnumerateArray().Zip(actual.EnumerateArray()).Select((pair, index) => JsonElement.DeepEquals(pair.First, pair.Second) ? "" : $"[{index}]{Difference(pair.First, pair.Second)}"))
            : $" has {expected.GetArrayLength()} elements without faults and {actual.GetArrayLength()} with them";
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "absent" : value.GetRawText() is { Length: > Longest } text ? text[..Longest] + "…" : value.GetRawText();
}
