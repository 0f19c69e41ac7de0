using Orleans.Storage;

namespace Guard.Grains.Watching;

/// <summary>Names in one conditional write each time that one is new.</summary>
[GrainType("guard.names")]
internal sealed class NamesGrain([PersistentState("names", GrainNames.Storage)] IPersistentState<NamesState> state) : Grain, INamesGrain
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _names.UnionWith(state.State.Names);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(string name, int most)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_names.Contains(name))
        {
            return true;
        }

        if (_names.Count >= most)
        {
            return false;
        }

        try
        {
            state.State.Names = [.. _names.Append(name).Order(StringComparer.Ordinal)];
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }

        _names.Add(name);
        return true;
    }

    /// <inheritdoc/>
    public Task<string[]> ListAsync() => Task.FromResult<string[]>([.. _names]);
}
