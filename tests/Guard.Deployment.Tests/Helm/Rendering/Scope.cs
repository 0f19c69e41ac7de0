namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>What an expression sees: the dot and the variables, inner ones before outer ones.</summary>
internal sealed class Scope(object? dot, Scope? outer)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public object? Dot { get; } = dot;

    public void Declare(string name, object? value) => _variables[name] = value;

    public void Assign(string name, object? value) => Owner(name)._variables[name] = value;

    public object? Get(string name) => Owner(name)._variables[name];

    private Scope Owner(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Next)
        {
            if (scope._variables.ContainsKey(name))
            {
                return scope;
            }
        }

        throw new TemplateException($"the variable {name} is not declared");
    }

    private Scope? Next { get; } = outer;
}
