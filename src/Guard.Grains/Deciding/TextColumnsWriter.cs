using System.Buffers;
using System.Text;
using Guard.Grains.Counting;

namespace Guard.Grains.Deciding;

/// <summary>Collects the texts of a segment, reused from segment to segment.</summary>
internal sealed class TextColumnsWriter
{
    private readonly ArrayBufferWriter<byte> _texts = new();
    private readonly List<int> _ends = [];

    public void Add(ReadOnlySpan<byte> text)
    {
        _texts.Write(text);
        _ends.Add(_texts.WrittenCount);
    }

    public void Add(string? text)
    {
        if (text is { Length: > 0 })
        {
            Encoding.UTF8.GetBytes(text, _texts);
        }

        _ends.Add(_texts.WrittenCount);
    }

    /// <summary>Adds one row.</summary>
    public void Add(in DecisionTexts texts)
    {
        Add(texts.Id);
        Add(texts.Source);
        Add(texts.Campaign);
        Add(texts.Advertiser);
        Add(texts.ListReason);
    }

    /// <summary>Hands over what was added, and begins anew.</summary>
    public (byte[] Ends, byte[] Texts) Take()
    {
        var taken = (RowBytes.Of<int>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ends)), _texts.WrittenSpan.ToArray());
        _texts.ResetWrittenCount();
        _ends.Clear();
        return taken;
    }
}
