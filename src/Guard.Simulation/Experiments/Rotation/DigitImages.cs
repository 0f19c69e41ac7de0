using System.Buffers.Binary;
using System.IO.Compression;

namespace Guard.Simulation.Experiments.Rotation;

/// <summary>Images of handwritten digits in the IDX format, 28 × 28 pixels from 0 to 1, with their labels.</summary>
public sealed class DigitImages
{
    /// <summary>Pixels of a row or a column.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int Pixels = Side * Side;

    private readonly byte[] _images;
    private readonly byte[] _labels;

    private DigitImages(byte[] images, byte[] labels)
    {
        _images = images;
        _labels = labels;
    }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length - 8;

    /// <summary>Reads the MNIST test set from <c>mnist/t10k-*.gz</c> in a data folder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is no IDX file of 28 × 28 bytes, or the two do not belong together.</exception>
    public static DigitImages Load(string dataFolder)
    {
        var images = Unpack(Path.Combine(dataFolder, "mnist", "t10k-images-idx3-ubyte.gz"));
        var labels = Unpack(Path.Combine(dataFolder, "mnist", "t10k-labels-idx1-ubyte.gz"));
        var fits = images.Length >= 16 && labels.Length >= 8 && Word(images, 0) == 0x803 && Word(labels, 0) == 0x801
            && Word(images, 8) == Side && Word(images, 12) == Side && Word(images, 4) == Word(labels, 4)
            && images.Length == 16 + (Word(images, 4) * Pixels) && labels.Length == 8 + Word(labels, 4);
        return fits
            ? new DigitImages(images, labels)
            : throw new InvalidDataException($"The MNIST files in {dataFolder} are not a matching pair of IDX files; fetch them again.");
    }

    /// <summary>The digit that an image shows.</summary>
    public int Label(int image) => _labels[8 + image];

    /// <summary>One pixel, 0 outside the image.</summary>
    public double Pixel(int image, int row, int column) =>
        (uint)row < Side && (uint)column < Side ? _images[16 + (image * Pixels) + (row * Side) + column] / 255.0 : 0;

    /// <summary>Value between pixels by bilinear interpolation.</summary>
    public double Between(int image, double row, double column)
    {
        var r = (int)Math.Floor(row);
        var c = (int)Math.Floor(column);
        var down = row - r;
        var right = column - c;
        return ((1 - down) * (((1 - right) * Pixel(image, r, c)) + (right * Pixel(image, r, c + 1))))
            + (down * (((1 - right) * Pixel(image, r + 1, c)) + (right * Pixel(image, r + 1, c + 1))));
    }

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static byte[] Unpack(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The file {path} is missing; name a data folder that holds the MNIST test set.", path);
        }

        using var packed = File.OpenRead(path);
        using var unzipped = new GZipStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unzipped.CopyTo(bytes);
        return bytes.ToArray();
    }
}
