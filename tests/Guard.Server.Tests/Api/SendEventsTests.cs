using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Guard.Core.Hosting;
using Guard.Engine.Tests;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Api;

public sealed class SendEventsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new GuardServerOptions { BodyBytes = 1 << 20 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("application/cloudevents+json", 1)]
    [InlineData("application/cloudevents-batch+json", 3)]
    [InlineData("application/x-ndjson", 3)]
    [InlineData("application/json", 3)]
    public async Task Events_come_one_in_an_array_or_one_a_line(string type, int count)
    {
        var clicks = Enumerable.Range(0, count).Select(index => Events.Click($"c-{index}")).ToList();
        var body = type.Contains("ndjson", StringComparison.Ordinal) ? string.Join('\n', clicks) : count == 1 ? clicks[0] : $"[{string.Join(',', clicks)}]";

        using var first = await PostAsync(Events.Body(body, type));
        using var second = await PostAsync(Events.Body(body, type));

        Assert.Equal($$"""{"accepted":{{count}},"duplicates":0,"quarantined":0,"rejections":[]}""", await TextAsync(first));
        Assert.Equal($$"""{"accepted":0,"duplicates":{{count}},"quarantined":0,"rejections":[]}""", await TextAsync(second));
        Assert.Equal(count, _server.Host.Last);
    }

    [Fact]
    public async Task Gzip_and_chunks_give_what_a_plain_body_gives()
    {
        var plain = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 2000).Select(index => Events.Click($"c-{index}"))));
        using var content = new StreamContent(new MemoryStream(Gzip(plain)));
        content.Headers.ContentType = new("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(2000, (await answer.JsonAsync()).GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Bad_events_among_good_ones_are_told_one_by_one()
    {
        using var answer = await PostAsync(Events.Body(Events.Click("c-1") + "\n{\"specversion\":\"1.0\"}\nnonsense\n" + Events.Click("c-2"), "application/x-ndjson"));

        var receipt = await answer.JsonAsync();
        Assert.Equal(2, receipt.GetProperty("accepted").GetInt32());
        Assert.Equal(2, receipt.GetProperty("quarantined").GetInt32());
        Assert.Equal("""{"index":1,"line":2,"reason":"missingField","detail":"id"}""", receipt.GetProperty("rejections")[0].GetRawText());
        Assert.Equal("malformed", receipt.GetProperty("rejections")[1].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/cloudevents+json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents-batch+json", "{}", HttpStatusCode.BadRequest)]
    public async Task A_body_that_is_not_what_its_type_says_is_refused(string type, string body, HttpStatusCode status)
    {
        using var answer = await PostAsync(Events.Body(body, type));

        await answer.ProblemAsync(status);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Another_encoding_is_refused_and_gzip_is_named(string encoding)
    {
        using var content = Events.Body(Events.Click("c"));
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var answer = await PostAsync(content);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("gzip", answer.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Another_charset_and_binary_mode_are_refused()
    {
        using var latin = new StringContent(Events.Click("c"), Encoding.Latin1, "application/cloudevents+json");
        using var answer = await PostAsync(latin);
        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType);

        using var binary = Events.Body("{}", "application/json");
        binary.Headers.Add("ce-specversion", "1.0");
        using var second = await PostAsync(binary);
        Assert.Contains("binary mode", (await second.ProblemAsync(HttpStatusCode.UnsupportedMediaType)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_body_too_long_packed_unpacked_or_chunked_is_refused_and_gives_its_memory_back(bool gzip, bool chunked)
    {
        var bytes = new byte[(1 << 20) + 1];
        Array.Fill(bytes, (byte)' ');
        using var content = new StreamContent(new MemoryStream(gzip ? Gzip(bytes) : bytes));
        content.Headers.ContentType = new("application/x-ndjson");
        if (gzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = !chunked;
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(0, _server.Service<Server.Requests.BodyBudget>().Taken);
    }

    [Fact]
    public async Task Gzip_that_is_cut_short_or_is_none_is_refused_whole()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Events.Click("c-1")));
        foreach (var damaged in new[] { packed[..^9], Encoding.UTF8.GetBytes(Events.Click("c-1")) })
        {
            using var content = new ByteArrayContent(damaged);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
            content.Headers.ContentEncoding.Add("gzip");
            using var answer = await PostAsync(content);

            await answer.ProblemAsync(HttpStatusCode.BadRequest);
        }

        Assert.Equal(0, _server.Host.Last);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.TooManyRequests)]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    public async Task A_host_that_is_busy_tells_the_producer_when_to_come_again(bool unfit, HttpStatusCode status)
    {
        _server.Host.Fault = new BusyException("The queue is full.", TimeSpan.FromMilliseconds(1200), unfit);

        using var answer = await PostAsync(Events.Body(Events.Click("c")));

        Assert.Equal("The queue is full.", (await answer.ProblemAsync(status)).GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task All_bodies_together_are_bounded()
    {
        await using var server = await TestServer.StartAsync(new GuardServerOptions { BodyBytes = 64 << 10, AllBodyBytes = 128 << 10 });
        var gate = new TaskCompletionSource();
        server.Host.Gate = gate.Task;
        var body = string.Join('\n', Enumerable.Range(0, 120).Select(index => Events.Click($"c-{index}")));
        Task<HttpResponseMessage> SendAsync() => server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(body, "application/x-ndjson"), TestContext.Current.CancellationToken);
        Task<HttpResponseMessage>[] held = [SendAsync(), SendAsync()];
        await Waiting.UntilAsync(() => server.Service<Server.Requests.BodyBudget>().Taken >= 128 << 10);

        using var refused = await SendAsync();
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);

        gate.SetResult();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(0, server.Service<Server.Requests.BodyBudget>().Taken);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) =>
        _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
