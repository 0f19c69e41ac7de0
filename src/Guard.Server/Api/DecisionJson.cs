using System.Buffers;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Guard.Server.Api;

/// <summary>Writes an answer that holds decisions straight into the response, without an object for each.</summary>
internal sealed class DecisionJson : IDisposable
{
    // A writer learns the texts that come again in most decisions: too dear to learn anew for each answer.
    private static readonly ObjectPool<DecisionEventWriter> s_writers = ObjectPool.Create<DecisionEventWriter>();

    private readonly HttpResponse _response;
    private readonly DecisionEventWriter _writer = s_writers.Get();

    public DecisionJson(HttpResponse response, string contentType = "application/json; charset=utf-8") => (_response, response.ContentType) = (response, contentType);

    /// <summary>Writes JSON as it stands.</summary>
    public void Raw(ReadOnlySpan<byte> json) => _response.BodyWriter.Write(json);

    /// <summary>Writes a decision as a CloudEvent.</summary>
    public void Write(KeptDecision decision) => _writer.Write(_response.BodyWriter, decision);

    /// <summary>Writes decisions with commas between them.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<KeptDecision> decisions, CancellationToken cancellationToken)
    {
        const int FlushEvery = 64;
        for (var index = 0; index < decisions.Count; index++)
        {
            if (index > 0)
            {
                Raw(","u8);
            }

            Write(decisions[index]);
            if (index % FlushEvery == FlushEvery - 1)
            {
                await FlushAsync(cancellationToken);
            }
        }
    }

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await _response.BodyWriter.FlushAsync(cancellationToken);

    public void Dispose() => s_writers.Return(_writer);
}
