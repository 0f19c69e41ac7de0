using Guard.Core.Pipeline;
using Guard.Engine.Log;
using Guard.Engine.Policy;
using Guard.Engine.State;

namespace Guard.Engine.Hosting;

/// <summary>Gives each policy that decides a number, under which the log tells what it was before its first decision.</summary>
internal sealed class LoggedPolicies(EngineState state, PartitionLog log)
{
    private DecisionPolicy? _numbered;

    /// <summary>Gets a policy's number; one that is new is appended to the log first.</summary>
    public int NumberOf(DecisionPolicy policy)
    {
        if (state.Policies.Newest is { } newest && (ReferenceEquals(_numbered, policy) || newest.Fits(policy)))
        {
            _numbered = policy;
            return newest.Number;
        }

        var kept = KeptPolicy.Of(policy, (state.Policies.Newest?.Number ?? 0) + 1);
        log.Append(kept.ToBlock(), log.NextNumber, 0);
        state.Policies.Add(kept);
        _numbered = policy;
        return kept.Number;
    }
}
