using System.Text;
using Guard.Core.Clicks;

namespace Guard.Engine.Tests.Intake;

/// <summary>Keeps quarantine rows in memory.</summary>
internal sealed class Rows : IQuarantine
{
    public List<Row> All { get; } = [];

    public void Add(in RejectedEvent rejected) =>
        All.Add(new Row(rejected.Rejection, rejected.Position, Encoding.UTF8.GetString(rejected.Raw), rejected.Length));

    public sealed record Row(Rejection Rejection, EventPosition Position, string Raw, long Length);
}
