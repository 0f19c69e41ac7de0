using System.Text;
using Guard.Server.Alerts;

namespace Guard.Server.Tests.Alerts;

public sealed class WebhookOptionsTests
{
    private static readonly WebhookOptions s_options = new()
    {
        Address = new Uri("https://example.com/hook"),
        Secrets = [WebhookSecret.Parse(WebhookSecret.Create())],
        CursorFile = "cursor",
    };

    [Fact]
    public void The_signature_is_that_of_the_published_example() => // docs.svix.com, "Verifying webhooks manually"
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSecret.Parse(WebhookRun.Secret).Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base 64 at all !!!!!!!!!!!!!!!!")]
    public void A_secret_of_another_shape_is_refused_and_not_repeated(string text) =>
        Assert.DoesNotContain(text.Split('_')[^1], Assert.Throws<FormatException>(() => WebhookSecret.Parse(text)).Message);

    [Fact]
    public void A_secret_shows_itself_in_no_text() => Assert.DoesNotContain("whsec", WebhookSecret.Parse(WebhookRun.Secret).ToString());

    [Theory]
    [InlineData("https://example.com/hook", true)]
    [InlineData("http://localhost:8080/", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://[::1]:8080/", true)]
    [InlineData("http://example.com/hook", false)]
    [InlineData("http://127.0.0.1.example.com/", false)]
    [InlineData("ftp://localhost/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://name:word@example.com/", false)]
    public void Alerts_leave_the_machine_by_https_only(string address, bool allowed)
    {
        var error = Record.Exception((s_options with { Address = new Uri(address) }).Validate);
        Assert.Equal(allowed, error is null);
        Assert.True(allowed || error is ArgumentException { ParamName: "Address" });
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        WebhookOptions[] wrong =
        [
            s_options with { Secrets = [] },
            s_options with { CursorFile = "" },
            s_options with { Timeout = TimeSpan.Zero },
            s_options with { FirstRetry = TimeSpan.Zero },
            s_options with { LongestRetry = TimeSpan.Zero },
            s_options with { RefusedTries = 0 },
        ];
        Assert.Equal(
            ["Secrets", "CursorFile", "Timeout", "FirstRetry", "LongestRetry", "RefusedTries"],
            wrong.Select(options => Assert.Throws<ArgumentException>(options.Validate).ParamName));
    }

    [Theory]
    [InlineData(1, 0, 0, 5)]
    [InlineData(2, 0, 0, 10)]
    [InlineData(4, 0, .5, 30)]
    [InlineData(9, 0, 0, 1280)]
    [InlineData(10, 0, 0, 1800)]
    [InlineData(5_000, 0, 0, 1800)]
    [InlineData(1, 600, .9, 600)]
    [InlineData(1, 1_000_000, .9, 86_400)]
    public void Waits_double_up_to_the_longest_and_heed_the_receiver(int tries, int asked, double chance, double seconds) =>
        Assert.Equal(seconds, WebhookBackoff.After(s_options, tries, TimeSpan.FromSeconds(asked), chance).TotalSeconds);
}
