namespace Guard.Server.Tests;

public sealed class GuardServerOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => new GuardServerOptions().Validate();

    [Fact]
    public void A_server_without_an_address_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => new GuardServerOptions { Listen = [] }.Validate());

        Assert.Contains("Listen", fault.Message);
    }
}
