using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Guard.Azure.Tests.Azurite;

/// <summary>Lets the first request of a method through and loses its answer, as a connection does that breaks in between.</summary>
internal sealed class LostAnswers(RequestMethod method) : HttpPipelinePolicy
{
    private int _toLose = 1;

    /// <summary>Makes options of a client that loses the first answer, and repeats at once.</summary>
    public static BlobClientOptions To(RequestMethod method)
    {
        var options = new BlobClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(new LostAnswers(method), HttpPipelinePosition.PerRetry);
        return options;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == method && Interlocked.Decrement(ref _toLose) >= 0)
        {
            throw new IOException("The connection broke after the request went through.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
}
