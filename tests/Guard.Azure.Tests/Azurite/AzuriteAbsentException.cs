namespace Guard.Azure.Tests.Azurite;

/// <summary>The emulator cannot be had here; the message says why.</summary>
internal sealed class AzuriteAbsentException(string message) : Exception(message);
