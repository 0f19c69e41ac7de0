-- The queries that Orleans' ADO.NET providers for membership and reminders ask for by name.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('InsertMembershipVersionKey', $$
    WITH added AS (INSERT INTO guard_cluster (id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING id)
    SELECT count(*) > 0 FROM added
$$),

-- A silo enters only together with the version that it saw: one who saw an older one waits for the row, and then finds it gone.
('InsertMembershipKey', $$
    WITH raised AS (
        UPDATE guard_cluster c SET version = version + 1, changed = now()
        WHERE id = @DeploymentId AND version = @Version
            AND NOT EXISTS (SELECT FROM guard_silo s WHERE s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
        RETURNING id),
    added AS (
        INSERT INTO guard_silo (cluster, address, port, generation, name, host, status, gateway, started, alive)
        SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
        RETURNING cluster)
    SELECT count(*) > 0 FROM added
$$),

('UpdateMembershipKey', $$
    WITH raised AS (
        UPDATE guard_cluster c SET version = version + 1, changed = now()
        WHERE id = @DeploymentId AND version = @Version
            AND EXISTS (SELECT FROM guard_silo s WHERE s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
        RETURNING id),
    changed AS (
        UPDATE guard_silo s SET status = @Status, suspicions = @SuspectTimes, alive = @IAmAliveTime
        FROM raised WHERE s.cluster = raised.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
        RETURNING s.cluster)
    SELECT count(*) > 0 FROM changed
$$),

('UpdateIAmAlivetimeKey', $$
    UPDATE guard_silo SET alive = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),

-- The cluster's version comes also where no silo is found.
('MembershipReadRowKey', $$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
        s.gateway AS ProxyPort, s.suspicions AS SuspectTimes, s.started AS StartTime, s.alive AS IAmAliveTime, c.version AS Version
    FROM guard_cluster c
    LEFT JOIN guard_silo s ON s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE c.id = @DeploymentId
$$),

('MembershipReadAllKey', $$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
        s.gateway AS ProxyPort, s.suspicions AS SuspectTimes, s.started AS StartTime, s.alive AS IAmAliveTime, c.version AS Version
    FROM guard_cluster c
    LEFT JOIN guard_silo s ON s.cluster = c.id
    WHERE c.id = @DeploymentId
$$),

('GatewaysQueryKey', $$
    SELECT address AS Address, gateway AS ProxyPort, generation AS Generation
    FROM guard_silo WHERE cluster = @DeploymentId AND status = @Status AND gateway > 0
$$),

-- 3 is Orleans' number for a silo in service.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM guard_silo WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status <> 3
$$),

('DeleteMembershipTableEntriesKey', $$
    DELETE FROM guard_cluster WHERE id = @DeploymentId
$$),

('UpsertReminderRowKey', $$
    INSERT INTO guard_reminder AS r (service, grain, name, hash, start, period)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
    ON CONFLICT (service, grain, name)
        DO UPDATE SET hash = excluded.hash, start = excluded.start, period = excluded.period, version = r.version + 1
    RETURNING version AS Version
$$),

('ReadReminderRowKey', $$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM guard_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$$),

('ReadReminderRowsKey', $$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM guard_reminder WHERE service = @ServiceId AND grain = @GrainId
$$),

-- A range of the ring of hashes, without its begin and with its end.
('ReadRangeRows1Key', $$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM guard_reminder WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$$),

-- One that passes the ring's end, or is all of it.
('ReadRangeRows2Key', $$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM guard_reminder WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$$),

('DeleteReminderRowKey', $$
    WITH gone AS (
        DELETE FROM guard_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING grain)
    SELECT count(*) > 0 FROM gone
$$),

('DeleteReminderRowsKey', $$
    DELETE FROM guard_reminder WHERE service = @ServiceId
$$)

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
