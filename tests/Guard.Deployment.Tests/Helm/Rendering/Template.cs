using System.Text;
using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>Reads one file of templates: text, actions, if, with, range, define.</summary>
internal sealed partial class Template
{
    private readonly List<(string Text, bool IsAction)> _parts = [];
    private readonly Dictionary<string, Action<Scope, StringBuilder>> _defined;
    private readonly Func<string, object?, string> _include;
    private int _at;

    private Template(Dictionary<string, Action<Scope, StringBuilder>> defined, Func<string, object?, string> include) => (_defined, _include) = (defined, include);

    /// <summary>Parses a file; what it defines is added to the definitions.</summary>
    public static Action<Scope, StringBuilder> Parse(string text, Dictionary<string, Action<Scope, StringBuilder>> defined, Func<string, object?, string> include)
    {
        var template = new Template(defined, include);
        template.Split(text);
        var body = template.Block(out var end);
        return end is null ? body : throw new TemplateException($"{{{{ {end} }}}} closes nothing");
    }

    private void Split(string text)
    {
        var from = 0;
        var trim = false;
        foreach (Match action in Action().Matches(text))
        {
            Add(text[from..action.Index], trim, action.Groups["left"].Success);
            if (!action.Groups["code"].Value.StartsWith("/*", StringComparison.Ordinal))
            {
                _parts.Add((action.Groups["code"].Value.Trim(), true));
            }

            (from, trim) = (action.Index + action.Length, action.Groups["right"].Success);
        }

        Add(text[from..], trim, false);
    }

    private void Add(string text, bool trimStart, bool trimEnd)
    {
        text = trimStart ? text.TrimStart() : text;
        _parts.Add((trimEnd ? text.TrimEnd() : text, false));
    }

    private Action<Scope, StringBuilder> Block(out string? end)
    {
        var steps = new List<Action<Scope, StringBuilder>>();
        end = null;
        while (_at < _parts.Count)
        {
            var (text, isAction) = _parts[_at++];
            if (!isAction)
            {
                steps.Add((_, output) => output.Append(text));
            }
            else if (text == "end" || text == "else" || text.StartsWith("else ", StringComparison.Ordinal))
            {
                end = text;
                break;
            }
            else
            {
                steps.Add(Step(text));
            }
        }

        return (scope, output) => steps.ForEach(step => step(scope, output));
    }

    private Action<Scope, StringBuilder> Step(string action)
    {
        var word = action.Split(' ', 2);
        switch (word[0])
        {
            case "if":
                return Choice(word[1], isWith: false);
            case "with":
                return Choice(word[1], isWith: true);
            case "range":
                return Range(word[1]);
            case "define":
                _defined[word[1].Trim().Trim('"')] = Closed();
                return (_, _) => { };
        }

        if (Assignment().Match(action) is { Success: true } assignment)
        {
            var (name, value) = (assignment.Groups["name"].Value, Expression.Parse(assignment.Groups["value"].Value, _include));
            return assignment.Groups["declares"].Success ? (scope, _) => scope.Declare(name, value(scope)) : (scope, _) => scope.Assign(name, value(scope));
        }

        var printed = Expression.Parse(action, _include);
        return (scope, output) => output.Append(Values.Text(printed(scope)));
    }

    private Action<Scope, StringBuilder> Choice(string condition, bool isWith)
    {
        var test = Expression.Parse(condition, _include);
        var then = Block(out var end);
        Action<Scope, StringBuilder> otherwise = (_, _) => { };
        if (end == "else")
        {
            otherwise = Closed();
        }
        else if (end?.StartsWith("else if ", StringComparison.Ordinal) == true)
        {
            otherwise = Choice(end["else if ".Length..], isWith: false);
        }
        else if (end != "end")
        {
            throw new TemplateException($"if {condition}: an end is missing");
        }

        return (scope, output) =>
        {
            var value = test(scope);
            if (Values.IsTrue(value))
            {
                then(new Scope(isWith ? value : scope.Dot, scope), output);
            }
            else
            {
                otherwise(new Scope(scope.Dot, scope), output);
            }
        };
    }

    private Action<Scope, StringBuilder> Range(string over)
    {
        var match = Loop().Match(over);
        var (key, name) = (match.Groups["key"].Value, match.Groups["name"].Value);
        var items = Expression.Parse(match.Groups["value"].Value, _include);
        var body = Closed();
        return (scope, output) =>
        {
            IEnumerable<(object? Key, object? Value)> pairs = items(scope) switch
            {
                null => [],
                Dictionary<string, object?> map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => ((object?)pair.Key, pair.Value)),
                List<object?> list => list.Select((item, index) => ((object?)new WholeNumber(index), item)),
                var other => throw new TemplateException($"range over {other}"),
            };
            foreach (var pair in pairs)
            {
                var inner = new Scope(pair.Value, scope);
                if (key.Length > 0)
                {
                    inner.Declare(key, pair.Key);
                }

                if (name.Length > 0)
                {
                    inner.Declare(name, pair.Value);
                }

                body(inner, output);
            }
        };
    }

    private Action<Scope, StringBuilder> Closed()
    {
        var body = Block(out var end);
        return end == "end" ? body : throw new TemplateException("an end is missing");
    }

    [GeneratedRegex(@"\{\{(?<left>-(?=\s))?\s*(?<code>(/\*.*?\*/|(""(\\.|[^""\\])*""|`[^`]*`|[^""`])*?))\s*(?<right>(?<=\s)-)?\}\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();

    [GeneratedRegex(@"^(?<name>\$\w+)\s*(?<declares>:)?=\s*(?<value>.+)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(((?<key>\$\w+)\s*,\s*)?(?<name>\$\w+)\s*:=)?(?<value>.+)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loop();
}
