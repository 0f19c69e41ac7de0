using System.Net;
using Guard.Server.Hubs;
using Guard.Server.Keys;

namespace Guard.Server.Tests;

public sealed class GuardServerOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => new GuardServerOptions().Validate();

    public static TheoryData<string, GuardServerOptions> Invalid => new()
    {
        { nameof(GuardServerOptions.Listen), new() { Listen = [] } },
        { "guard key", new() { Listen = [new(IPAddress.Any, 5080)] } },
        { "guard key", new() { Listen = [new(IPAddress.IPv6Any, 5080)] } },
        { "guard key", new() { Listen = [new(IPAddress.Loopback, 5080), new(IPAddress.Parse("192.0.2.1"), 5080)] } },
        { nameof(GuardServerOptions.BodyBytes), new() { BodyBytes = 1 } },
        { nameof(GuardServerOptions.AllBodyBytes), new() { AllBodyBytes = 1 } },
        { nameof(GuardServerOptions.Connections), new() { Connections = 0 } },
        { nameof(GuardServerOptions.RequestsPerSecond), new() { RequestsPerSecond = 0 } },
        { nameof(GuardServerOptions.Watchers), new() { Watchers = 0 } },
        { nameof(GuardServerOptions.Patience), new() { Patience = TimeSpan.Zero } },
        { nameof(GuardServerOptions.LeastBytesPerSecond), new() { LeastBytesPerSecond = double.NaN } },
        { nameof(GuardServerOptions.Heartbeat), new() { Heartbeat = TimeSpan.FromHours(1) } },
        { nameof(GuardServerOptions.OtlpEndpoint), new() { OtlpEndpoint = new("file:///tmp") } },
        { nameof(GuardServerOptions.MetricInterval), new() { MetricInterval = TimeSpan.Zero } },
        { nameof(GuardServerOptions.TraceShare), new() { TraceShare = 2 } },
        { "'short'", new() { SharedAccessPolicies = [new("short", "key")] } },
        { nameof(GuardServerOptions.SharedAccessPolicies), new() { SharedAccessPolicies = [new("a", new string('k', 44)), new("a", new string('l', 44))] } },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_does_not_do_is_refused_and_named(string named, GuardServerOptions options) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(options.Validate).Message);

    [Fact]
    public void With_a_key_any_address_does() =>
        new GuardServerOptions { Listen = [new(IPAddress.Any, 5080)], Keys = [ApiKeys.Create("k", ApiScopes.Send, DateTimeOffset.UnixEpoch).Key] }.Validate();

    [Fact]
    public void A_policy_does_not_print_its_key() => Assert.DoesNotContain("kkkk", new SharedAccessPolicy("a", new string('k', 44)).ToString());
}
