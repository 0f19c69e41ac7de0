using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Guard.Core.Scoring;

/// <summary>
/// The safetensors format (github.com/huggingface/safetensors), of which Guard uses 32-bit floats: the length of the header
/// as eight little-endian bytes, the header as JSON padded with spaces, then the numbers, little-endian, without gaps.
/// </summary>
internal static class SafeTensors
{
    private const int LengthBytes = 8;

    /// <summary>Writes tensors in their order.</summary>
    public static byte[] Write(IReadOnlyList<NamedTensor> tensors)
    {
        var header = Header(tensors);
        var padded = (header.Length + LengthBytes - 1) / LengthBytes * LengthBytes;
        var bytes = new byte[LengthBytes + padded + sizeof(float) * tensors.Sum(t => t.Values.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, padded);
        header.CopyTo(bytes.AsSpan(LengthBytes));
        bytes.AsSpan(LengthBytes + header.Length, padded - header.Length).Fill((byte)' ');
        var rest = bytes.AsSpan(LengthBytes + padded);
        foreach (var tensor in tensors)
        {
            foreach (var value in tensor.Values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(rest, value);
                rest = rest[sizeof(float)..];
            }
        }

        return bytes;
    }

    /// <summary>Reads tensors by name.</summary>
    /// <exception cref="ModelFormatException">The bytes are cut short, or are no safetensors of 32-bit floats.</exception>
    public static Dictionary<string, NamedTensor> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < LengthBytes)
        {
            throw new ModelFormatException($"The weights hold {bytes.Length} bytes, too few for a header: the file is cut short.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > (ulong)(bytes.Length - LengthBytes))
        {
            throw new ModelFormatException($"The weights' header is said to take {length} bytes where {bytes.Length - LengthBytes} follow: the file is cut short or no safetensors.");
        }

        var data = bytes[(LengthBytes + (int)length)..];
        try
        {
            using var header = JsonDocument.Parse(bytes.Slice(LengthBytes, (int)length));
            var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
            long covered = 0;
            foreach (var entry in header.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
            {
                tensors.Add(entry.Name, Tensor(entry, data.Span));
                covered += sizeof(float) * tensors[entry.Name].Values.Length;
            }

            return covered == data.Length
                ? tensors
                : throw new ModelFormatException($"The weights hold {data.Length} bytes of numbers where their header names {covered}: the file is cut short or altered.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"The weights' header cannot be read: {e.Message}", e);
        }
    }

    private static NamedTensor Tensor(JsonProperty entry, ReadOnlySpan<byte> data)
    {
        var type = entry.Value.GetProperty("dtype").GetString();
        ImmutableArray<int> shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
        var offsets = entry.Value.GetProperty("data_offsets");
        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        var count = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (type != "F32" || begin < 0 || end < begin || shape.Any(size => size < 0) || end - begin != count * sizeof(float))
        {
            throw new ModelFormatException($"The tensor {entry.Name} is a {type} of shape {string.Join('×', shape)} at bytes {begin} to {end}, which is not an F32 of that many bytes.");
        }

        if (end > data.Length)
        {
            throw new ModelFormatException($"The tensor {entry.Name} ends at byte {end} of {data.Length}: the file is cut short.");
        }

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(data[((int)begin + i * sizeof(float))..]);
        }

        return new NamedTensor(entry.Name, shape, [.. values]);
    }

    private static byte[] Header(IReadOnlyList<NamedTensor> tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            long offset = 0;
            json.WriteStartObject();
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Values.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
