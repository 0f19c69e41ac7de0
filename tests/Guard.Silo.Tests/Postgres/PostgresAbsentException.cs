namespace Guard.Silo.Tests.Postgres;

/// <summary>A PostgreSQL server cannot be had here; the message says why.</summary>
internal sealed class PostgresAbsentException(string message) : Exception(message);
