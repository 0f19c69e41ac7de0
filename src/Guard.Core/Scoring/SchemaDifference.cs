using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>Says in what a model's schema differs from the engine's.</summary>
internal static class SchemaDifference
{
    /// <summary>Gets the first difference, or <see langword="null"/> where there is none.</summary>
    public static string? Between(FeatureSchema model, FeatureSchema engine)
    {
        if (model.Name != engine.Name || model.Version != engine.Version)
        {
            return $"the model reads {model.Name} v{model.Version}, the engine computes {engine.Name} v{engine.Version}";
        }

        if (model.Features.IsDefault)
        {
            return "the model names no features";
        }

        for (var i = 0; i < Math.Min(model.Width, engine.Width); i++)
        {
            Feature ours = model.Features[i], theirs = engine.Features[i];
            if (ours.Name != theirs.Name)
            {
                return $"feature {i} of {model.Name} v{model.Version} is {ours.Name} for the model and {theirs.Name} for the engine";
            }

            if (ours != theirs)
            {
                return $"the feature {ours.Name} of {model.Name} v{model.Version} has another unit, range or description ({ours.Unit} in [{ours.Minimum}, {ours.Maximum}] for the model, {theirs.Unit} in [{theirs.Minimum}, {theirs.Maximum}] for the engine)";
            }
        }

        return model.Width == engine.Width ? null : $"{model.Name} v{model.Version} has {model.Width} features for the model and {engine.Width} for the engine";
    }
}
