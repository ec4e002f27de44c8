using System.Reflection;
using Manufactura.Grains.Tests.Runtime.Probes;
using Manufactura.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>The probe grains on the runtime of this build, with the real clock.</summary>
public sealed class ProbeFixture : ActorFixture
{
    public Diary Diary { get; } = new();
    protected override Assembly[] GrainAssemblies => [typeof(ProbeGrain).Assembly];
    protected override ActorOptions Options =>
        new(ResponseTimeout: TimeSpan.FromSeconds(8), MinimumReminderPeriod: TimeSpan.FromMilliseconds(100));

    protected override void AddServices(IServiceCollection services) => services.AddSingleton(Diary);
}
