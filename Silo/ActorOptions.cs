namespace Manufactura.Silo;

/// <summary>Settings that both actor runtimes have. What is null stays at the runtime's own default.</summary>
/// <param name="ResponseTimeout">How long a caller waits before it gets a <see cref="TimeoutException"/>.</param>
/// <param name="CollectionAge">A grain without a request for this long leaves memory.</param>
/// <param name="CollectionQuantum">How often idle grains are looked for.</param>
/// <param name="MinimumReminderPeriod">The shortest period of a reminder.</param>
/// <param name="Cluster">Orleans only: the cluster that this process is of; null for a single silo that keeps everything in memory.</param>
public sealed record ActorOptions(
    TimeSpan? ResponseTimeout = null,
    TimeSpan? CollectionAge = null,
    TimeSpan? CollectionQuantum = null,
    TimeSpan? MinimumReminderPeriod = null,
    ClusterPlace? Cluster = null
);

/// <summary>A process's place in a cluster over PostgreSQL. The embedded runtime is a cluster of one and has no use for it.</summary>
/// <param name="ConnectionString">The plant's database, which also has the tables of the runtime.</param>
/// <param name="ClusterId">Silos with the same id find each other.</param>
/// <param name="Address">Address or name under which the others reach this silo; null: the machine's first own address.</param>
/// <param name="SiloPort">TCP port between silos.</param>
/// <param name="GatewayPort">TCP port for dashboards that are clients.</param>
/// <param name="ProbePeriod">How often silos probe each other; one that misses three probes in a row is taken for dead.</param>
public sealed record ClusterPlace(
    string ConnectionString,
    string ClusterId = "manufactura",
    string? Address = null,
    int SiloPort = 11111,
    int GatewayPort = 30000,
    TimeSpan? ProbePeriod = null
);
