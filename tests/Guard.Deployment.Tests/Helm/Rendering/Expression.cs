using System.Globalization;
using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>Reads a pipeline of Go's template language into a function of the scope.</summary>
internal sealed partial class Expression
{
    private readonly List<string> _tokens;
    private readonly Func<string, object?, string> _include;
    private int _at;

    private Expression(List<string> tokens, Func<string, object?, string> include) => (_tokens, _include) = (tokens, include);

    private string? Next => _at < _tokens.Count ? _tokens[_at] : null;

    public static Func<Scope, object?> Parse(string text, Func<string, object?, string> include)
    {
        List<string> tokens = [.. Token().Matches(text).Select(match => match.Value).Where(token => !string.IsNullOrWhiteSpace(token))];
        var expression = new Expression(tokens, include);
        var parsed = expression.Pipeline();
        return expression.Next is null ? parsed : throw new TemplateException($"'{text}': {expression.Next} is not expected here");
    }

    private Func<Scope, object?> Pipeline()
    {
        var value = Command(null);
        while (Next == "|")
        {
            _at++;
            value = Command(value);
        }

        return value;
    }

    private Func<Scope, object?> Command(Func<Scope, object?>? piped)
    {
        var function = Next is { } word && char.IsAsciiLetter(word[0]) && word is not ("true" or "false" or "nil") ? word : null;
        if (function is null)
        {
            return piped is null ? Called(Operand()) : throw new TemplateException($"'{Next}' takes nothing from a pipe");
        }

        _at++;
        var arguments = new List<Func<Scope, object?>>();
        while (Next is not (null or "|" or ")"))
        {
            arguments.Add(Operand());
        }

        if (piped is not null)
        {
            arguments.Add(piped);
        }

        return function == "include"
            ? scope => _include(Values.Text(arguments[0](scope)), arguments[1](scope))
            : scope => Functions.Call(function, [.. arguments.Select(argument => argument(scope))]);
    }

    // A method, such as .Files.Get, takes what follows it.
    private Func<Scope, object?> Called(Func<Scope, object?> method)
    {
        if (Next is null or "|" or ")")
        {
            return method;
        }

        var argument = Operand();
        return scope => method(scope) is Func<string, string> call ? call(Values.Text(argument(scope))) : throw new TemplateException("a value is called as if it were a method");
    }

    private Func<Scope, object?> Operand()
    {
        var token = Next ?? throw new TemplateException("an operand is missing");
        _at++;
        switch (token[0])
        {
            case '(':
                var inner = Pipeline();
                _at = Next == ")" ? _at + 1 : throw new TemplateException("a ) is missing");
                return inner;
            case '"':
                var text = Regex.Unescape(token[1..^1]);
                return _ => text;
            case '`':
                return _ => token[1..^1];
            case '.':
                return Path(scope => scope.Dot, token.Split('.', StringSplitOptions.RemoveEmptyEntries));
            case '$':
                var parts = token.Split('.');
                return Path(scope => scope.Get(parts[0]), parts[1..]);
        }

        if (token is "true" or "false")
        {
            return _ => token == "true";
        }

        return long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? _ => new WholeNumber(whole)
            : token == "nil" ? _ => null
            : throw new TemplateException($"'{token}' is no operand that the tests know");
    }

    private static Func<Scope, object?> Path(Func<Scope, object?> root, string[] names) => scope =>
    {
        var value = root(scope);
        foreach (var name in names)
        {
            value = value is Dictionary<string, object?> map ? map.GetValueOrDefault(name) : throw new TemplateException($".{string.Join('.', names)}: nothing that {name} could be taken of");
        }

        return value;
    };

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|`[^`]*`|\(|\)|\||\$?[\w.]+|\$|-?[0-9]+|\S
        """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
