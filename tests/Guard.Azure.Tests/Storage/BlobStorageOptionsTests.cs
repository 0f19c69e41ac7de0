using Guard.Azure.Storage;

namespace Guard.Azure.Tests.Storage;

public sealed class BlobStorageOptionsTests
{
    private static readonly BlobStorageOptions s_identity = new() { ServiceUri = new Uri("https://guard.blob.core.windows.net") };

    [Fact]
    public void An_address_alone_is_enough_and_means_an_identity()
    {
        s_identity.Validate();
        Assert.Equal(CredentialKind.Default, s_identity.Credential);
    }

    [Fact]
    public void Neither_and_both_ways_in_are_refused()
    {
        Refused(new BlobStorageOptions(), "ServiceUri");
        Refused(s_identity with { ConnectionString = "UseDevelopmentStorage=true" }, "ServiceUri");
    }

    [Theory]
    [InlineData("http://guard.blob.core.windows.net")]
    [InlineData("https://guard.blob.core.windows.net?sv=2024&sig=s")]
    [InlineData("https://user@guard.blob.core.windows.net")]
    public void An_address_that_would_send_a_token_in_the_clear_or_holds_a_secret_is_refused(string address) =>
        Refused(s_identity with { ServiceUri = new Uri(address) }, "ServiceUri");

    [Fact]
    public void An_address_must_be_absolute() => Refused(s_identity with { ServiceUri = new Uri("guard", UriKind.Relative) }, "ServiceUri");

    [Theory]
    [InlineData("ab")]
    [InlineData("Guard")]
    [InlineData("-guard")]
    [InlineData("gu--ard")]
    [InlineData("a/b")]
    public void A_container_has_a_name_that_Azure_takes(string name) => Refused(s_identity with { Container = name }, "Container");

    [Fact]
    public void A_client_id_is_a_GUID() => Refused(s_identity with { ClientId = "guard-identity" }, "ClientId");

    [Fact]
    public void A_credential_is_one_of_those_there_are() => Refused(s_identity with { Credential = (CredentialKind)9 }, "Credential");

    private static void Refused(BlobStorageOptions options, string option) =>
        Assert.Contains(option, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
}
