using System.Globalization;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Silo.Configuration;

namespace Guard.Silo.Storage;

/// <summary>Holds a cluster to one hashing key: a silo with another one would count everybody anew, beside the old counters.</summary>
internal static class HashingKeyCheck
{
    private const string Path = "hashing/check";

    /// <summary>Notes the hash of a fixed text, or compares it with what is noted. Nothing of the key can be told from it.</summary>
    /// <param name="state">Where state is kept.</param>
    /// <param name="hash">This silo's hash.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="SiloConfigurationException">The state was made under another key.</exception>
    public static async Task RunAsync(IArtifactStore state, KeyedHash hash, CancellationToken cancellation)
    {
        var check = hash.Of(HashKind.Event, "guard"u8).ToString("x16", CultureInfo.InvariantCulture);
        try
        {
            await state.CreateAsync(Path, Encoding.ASCII.GetBytes(check), cancellation);
        }
        catch (ArtifactConflictException exception)
        {
            throw new SiloConfigurationException("Guard:HashingKeyFile does not do: the state that this silo would share was made under another key; give that key, or begin with empty state.", exception);
        }
    }
}
