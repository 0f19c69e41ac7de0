using System.Globalization;

namespace Guard.Benchmarks.Load;

/// <summary>The arguments of a load: names with values, and <c>--short</c>, which makes every default small enough to see in a minute that all works.</summary>
internal sealed class LoadArguments
{
    private readonly List<string> _rest;

    public LoadArguments(ReadOnlyMemory<string> args)
    {
        _rest = [.. args.ToArray()];
        IsShort = _rest.Remove("--short");
    }

    public bool IsShort { get; }

    /// <summary>Takes a text.</summary>
    public string? Text(string name)
    {
        var at = _rest.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 == _rest.Count)
        {
            throw new LoadException($"{name} wants a value.");
        }

        var value = _rest[at + 1];
        _rest.RemoveRange(at, 2);
        return value;
    }

    /// <summary>Takes a whole number above 0.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="usual">The value where it is not given.</param>
    /// <param name="small">The same in the short mode.</param>
    public int Number(string name, int usual, int small) => (int)Real(name, usual, small);

    /// <summary>Takes a number above 0.</summary>
    public double Real(string name, double usual, double small) =>
        Text(name) is not { } text ? IsShort ? small : usual
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new LoadException($"{name} wants a number above 0, not '{text}'.");

    /// <summary>Refuses what nobody took.</summary>
    public void RefuseRest()
    {
        if (_rest.Count > 0)
        {
            throw new LoadException($"'{_rest[0]}' is no argument of this load.");
        }
    }
}
