using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain.Access;
using Manufactura.Silo.Settings;
using Manufactura.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Dashboard.Tests.Hosting;

public sealed class FirstAdminTests
{
    [Fact]
    public async Task Without_demo_and_password_the_password_is_made_up_once_and_works()
    {
        await using var host = await HostAsync("Plant:Demo=false");
        var password = await EnsureAsync(host);
        Assert.NotNull(password);
        Assert.IsType<SignInAnswer.Accepted>(await CheckAsync(host, "admin", password));
        Assert.Null(await EnsureAsync(host));
        Assert.IsType<SignInAnswer.Accepted>(await CheckAsync(host, "admin", password));
        Assert.Single(await UsersAsync(host));
    }

    [Fact]
    public async Task A_configured_password_is_used_and_must_keep_the_rules()
    {
        await using (var weak = await HostAsync("Plant:AdminPassword=corta"))
            Assert.Equal("Plant:AdminPassword", (await Assert.ThrowsAsync<SettingsException>(() => EnsureAsync(weak))).Key);
        await using var host = await HostAsync("Plant:AdminPassword=Tela-2026");
        Assert.Null(await EnsureAsync(host));
        Assert.IsType<SignInAnswer.Accepted>(await CheckAsync(host, "admin", "Tela-2026"));
    }

    [Fact]
    public async Task A_demo_plant_has_a_user_per_role_and_a_configured_admin_password_goes_before_the_published_one()
    {
        await using var host = await HostAsync("Plant:Demo=true", "Plant:AdminPassword=Tela-2026");
        Assert.Null(await EnsureAsync(host));
        Assert.Equal(
            [Role.Admin, Role.ProductionManager, Role.Supervisor, Role.Operator, Role.QualityInspector, Role.Salesperson],
            (await UsersAsync(host)).SelectMany(u => u.Roles).Order()
        );
        Assert.IsType<SignInAnswer.Refused>(await CheckAsync(host, "admin", FirstUsers.DemoPassword));
        Assert.IsType<SignInAnswer.Accepted>(await CheckAsync(host, "jefe", FirstUsers.DemoPassword));
    }

    [Fact]
    public async Task Nodes_that_start_together_make_the_users_once()
    {
        await using var host = await HostAsync("Plant:Demo=true");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => EnsureAsync(host))));
        Assert.Equal(6, (await UsersAsync(host)).Count);
    }

    private static async Task<WebApplication> HostAsync(params string[] settings)
    {
        var (_, connection) = await PostgresFixture.CreateDatabaseAsync();
        var builder = WebApplication.CreateBuilder([
            $"--ConnectionStrings:Plant={connection}",
            .. settings.Select(s => "--" + s),
        ]);
        builder.AddPlant(PlantSettings.Read(builder.Configuration, "Embedded"), connection);
        return builder.Build();
    }

    private static async Task<string?> EnsureAsync(WebApplication host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstUsers>().EnsureAsync(CancellationToken.None);
    }

    private static async Task<SignInAnswer> CheckAsync(WebApplication host, string user, string password)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignIn>().CheckAsync(user, password, null);
    }

    private static async Task<IReadOnlyList<UserRow>> UsersAsync(WebApplication host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserAdmin>().ListAsync();
    }
}
