using Microsoft.Extensions.Options;

namespace Guard.Grains.Hosting;

/// <summary>Stops a silo at its start whose options are out of range.</summary>
/// <param name="validate">Throws where they are, with the message that is told.</param>
internal sealed class RangeValidator<TOptions>(Action<TOptions> validate) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        try
        {
            validate(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
