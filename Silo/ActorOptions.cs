namespace Manufactura.Silo;

/// <summary>Settings that both actor runtimes have. What is null stays at the runtime's own default.</summary>
/// <param name="ResponseTimeout">How long a caller waits before it gets a <see cref="TimeoutException"/>.</param>
/// <param name="CollectionAge">A grain without a request for this long leaves memory.</param>
/// <param name="CollectionQuantum">How often idle grains are looked for.</param>
/// <param name="MinimumReminderPeriod">The shortest period of a reminder.</param>
/// <param name="ConnectionString">
/// Orleans only: PostgreSQL for membership, reminders and state, whose tables are made by the scripts of the Orleans packages. Null for
/// a single silo on this machine that keeps them in memory. The embedded runtime takes its stores from the service collection.
/// </param>
/// <param name="ClusterId">Orleans only: silos with the same id find each other.</param>
/// <param name="SiloPort">Orleans only: TCP port between silos.</param>
/// <param name="GatewayPort">Orleans only: TCP port for clients.</param>
public sealed record ActorOptions(
    TimeSpan? ResponseTimeout = null,
    TimeSpan? CollectionAge = null,
    TimeSpan? CollectionQuantum = null,
    TimeSpan? MinimumReminderPeriod = null,
    string? ConnectionString = null,
    string ClusterId = "manufactura",
    int SiloPort = 11111,
    int GatewayPort = 30000
);
