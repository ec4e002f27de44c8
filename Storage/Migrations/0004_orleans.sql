-- What the ADO.NET providers of Microsoft Orleans need, for builds with ActorRuntime=Orleans. Their contract: OrleansQuery gives the
-- statement for each key, and the names of its parameters and columns are fixed; tables and statements are our own business.

create table OrleansQuery (
    QueryKey text primary key,
    QueryText text not null
);

-- Membership: one row per cluster, whose version every change must name, and one row per silo that ever joined.
create table OrleansMembershipVersionTable (
    DeploymentId text primary key,
    Timestamp timestamptz not null default now(),
    Version int not null default 0
);

create table OrleansMembershipTable (
    DeploymentId text not null references OrleansMembershipVersionTable on delete cascade,
    Address text not null,
    Port int not null,
    Generation int not null,
    SiloName text not null,
    HostName text not null,
    Status int not null,
    ProxyPort int not null,
    SuspectTimes text,
    StartTime timestamptz not null,
    IAmAliveTime timestamptz not null,
    primary key (DeploymentId, Address, Port, Generation)
);

insert into OrleansQuery (QueryKey, QueryText) values
('InsertMembershipVersionKey', $q$
    with made as (
        insert into OrleansMembershipVersionTable (DeploymentId) values (@DeploymentId)
        on conflict do nothing
        returning 1
    )
    select count(*)::int from made
$q$),
-- The version row is the lock: of two silos that name the same version the second changes nothing and answers 0.
('InsertMembershipKey', $q$
    with cluster as (
        update OrleansMembershipVersionTable v
        set Version = v.Version + 1, Timestamp = now()
        where v.DeploymentId = @DeploymentId and v.Version = @Version
            and not exists (
                select from OrleansMembershipTable m
                where m.DeploymentId = @DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
            )
        returning v.DeploymentId
    ), made as (
        insert into OrleansMembershipTable
            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        select DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        from cluster
        returning 1
    )
    select count(*)::int from made
$q$),
('UpdateMembershipKey', $q$
    with cluster as (
        update OrleansMembershipVersionTable v
        set Version = v.Version + 1, Timestamp = now()
        where v.DeploymentId = @DeploymentId and v.Version = @Version
            and exists (
                select from OrleansMembershipTable m
                where m.DeploymentId = @DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
            )
        returning v.DeploymentId
    ), changed as (
        update OrleansMembershipTable m
        set Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
        from cluster c
        where m.DeploymentId = c.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
        returning 1
    )
    select count(*)::int from changed
$q$),
('UpdateIAmAlivetimeKey', $q$
    update OrleansMembershipTable
    set IAmAliveTime = @IAmAliveTime
    where DeploymentId = @DeploymentId and Address = @Address and Port = @Port and Generation = @Generation
$q$),
-- Both answer a row also where the cluster has no silo yet: the version alone.
('MembershipReadRowKey', $q$
    select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
        m.IAmAliveTime, v.Version
    from OrleansMembershipVersionTable v
    left join OrleansMembershipTable m
        on m.DeploymentId = v.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
    where v.DeploymentId = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
    select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
        m.IAmAliveTime, v.Version
    from OrleansMembershipVersionTable v
    left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId
    where v.DeploymentId = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
    select Address, ProxyPort, Generation
    from OrleansMembershipTable
    where DeploymentId = @DeploymentId and Status = @Status and ProxyPort > 0
$q$),
('DeleteMembershipTableEntriesKey', $q$
    delete from OrleansMembershipVersionTable where DeploymentId = @DeploymentId
$q$),
-- 3 is Active: a silo that counts as such is never forgotten, however long it has been silent.
('CleanupDefunctSiloEntriesKey', $q$
    delete from OrleansMembershipTable
    where DeploymentId = @DeploymentId and IAmAliveTime < @IAmAliveTime and Status <> 3
$q$);

-- Reminders. The hash places a reminder on the ring of silos; Version is its etag.
create table OrleansRemindersTable (
    ServiceId text not null,
    GrainId text not null,
    ReminderName text not null,
    StartTime timestamptz not null,
    Period bigint not null,
    GrainHash int not null,
    Version int not null default 0,
    primary key (ServiceId, GrainId, ReminderName)
);

create index OrleansRemindersTable_hash on OrleansRemindersTable (ServiceId, GrainHash);

insert into OrleansQuery (QueryKey, QueryText) values
('UpsertReminderRowKey', $q$
    insert into OrleansRemindersTable as r (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
    on conflict (ServiceId, GrainId, ReminderName) do update
    set StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = r.Version + 1
    returning r.Version
$q$),
('ReadReminderRowsKey', $q$
    select GrainId, ReminderName, StartTime, Period, Version
    from OrleansRemindersTable
    where ServiceId = @ServiceId and GrainId = @GrainId
$q$),
('ReadReminderRowKey', $q$
    select GrainId, ReminderName, StartTime, Period, Version
    from OrleansRemindersTable
    where ServiceId = @ServiceId and GrainId = @GrainId and ReminderName = @ReminderName
$q$),
-- A range of the ring that does not, and one that does, go over its end.
('ReadRangeRows1Key', $q$
    select GrainId, ReminderName, StartTime, Period, Version
    from OrleansRemindersTable
    where ServiceId = @ServiceId and GrainHash > @BeginHash and GrainHash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
    select GrainId, ReminderName, StartTime, Period, Version
    from OrleansRemindersTable
    where ServiceId = @ServiceId and (GrainHash > @BeginHash or GrainHash <= @EndHash)
$q$),
('DeleteReminderRowKey', $q$
    with gone as (
        delete from OrleansRemindersTable
        where ServiceId = @ServiceId and GrainId = @GrainId and ReminderName = @ReminderName and Version = @Version
        returning 1
    )
    select count(*)::int from gone
$q$),
('DeleteReminderRowsKey', $q$
    delete from OrleansRemindersTable where ServiceId = @ServiceId
$q$);

-- State of grains that name no storage. Keys that are texts have both numbers 0; the hashes that the provider also sends are not needed.
create table OrleansStorage (
    ServiceId text not null,
    GrainTypeString text not null,
    GrainIdN0 bigint not null,
    GrainIdN1 bigint not null,
    GrainIdExtensionString text not null,
    PayloadBinary bytea,
    ModifiedOn timestamptz not null default now(),
    Version int not null default 1,
    primary key (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
);

insert into OrleansQuery (QueryKey, QueryText) values
('ReadFromStorageKey', $q$
    select PayloadBinary, now() as ReadOn, Version
    from OrleansStorage
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '')
$q$),
-- Answers the new version; the one that came in, or none, says that somebody else wrote first.
('WriteToStorageKey', $q$
    with changed as (
        update OrleansStorage
        set PayloadBinary = @PayloadBinary, ModifiedOn = now(), Version = Version + 1
        where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
            and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '') and Version = @GrainStateVersion
        returning Version
    ), made as (
        insert into OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary)
        select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary
        where @GrainStateVersion is null
        on conflict do nothing
        returning Version
    )
    select coalesce((select Version from changed), (select Version from made), @GrainStateVersion) as NewGrainStateVersion
$q$),
('ClearStorageKey', $q$
    update OrleansStorage
    set PayloadBinary = null, ModifiedOn = now(), Version = Version + 1
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '') and Version = @GrainStateVersion
    returning Version as NewGrainStateVersion
$q$),
('DeleteStorageKey', $q$
    delete from OrleansStorage
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '') and Version = @GrainStateVersion
    returning Version + 1 as NewGrainStateVersion
$q$);
