using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Guard.Pictures;

/// <summary>An SVG <c>text</c> element, which Razor keeps for itself inside code blocks.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>The text's horizontal anchor.</summary>
    [Parameter, EditorRequired]
    public double X { get; set; }

    /// <summary>The text's base line.</summary>
    [Parameter, EditorRequired]
    public double Y { get; set; }

    /// <summary>Which part of the text stands at <see cref="X"/>: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter]
    public string Anchor { get; set; } = "middle";

    /// <summary>The style's class.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What is written.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", Plot.Pixel(X));
        builder.AddAttribute(3, "y", Plot.Pixel(Y));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Value);
        builder.CloseElement();
    }
}
