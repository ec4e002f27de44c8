using System.Net;
using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Dashboard.Tests.Access;

[Collection(Plant.Name)]
public sealed class UserAdminTests(PlantApp app)
{
    private const string Good = "Tela-2026";

    [Fact]
    public async Task Disabling_a_user_ends_the_sessions_that_are_open()
    {
        var (users, id) = await NewUserAsync("disabled-one", Role.Admin);
        using var client = await app.SignedInAsync("disabled-one", Good);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/admin/api-keys")).StatusCode);
        Assert.Null(await users.SetDisabledAsync(id, true));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/admin/api-keys")).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => app.SignedInAsync("disabled-one", Good));
    }

    [Fact]
    public async Task A_taken_role_ends_the_sessions_that_had_it()
    {
        var (users, id) = await NewUserAsync("demoted-one", Role.Admin);
        using var client = await app.SignedInAsync("demoted-one", Good);
        Assert.Null(await users.ChangeAsync(id, "Uno", [Role.Operator]));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/admin/api-keys")).StatusCode);
        using var again = await app.SignedInAsync("demoted-one", Good);
        Assert.Equal(HttpStatusCode.Forbidden, (await again.GetAsync("/api/v1/admin/api-keys")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        var (users, id) = await NewUserAsync("renewed-one", Role.Operator);
        Assert.Null(await users.SetPasswordAsync(id, "Hilo-4027"));
        await Assert.ThrowsAsync<HttpRequestException>(() => app.SignedInAsync("renewed-one", Good));
        using var client = await app.SignedInAsync("renewed-one", "Hilo-4027");
    }

    [Fact]
    public async Task The_last_admin_can_neither_be_disabled_nor_lose_the_role()
    {
        var users = Users();
        var admins = (await users.ListAsync()).Where(u => u.Roles.Contains(Role.Admin) && !u.Disabled).ToList();
        foreach (var other in admins.Where(a => a.Name != "admin"))
            Assert.Null(await users.SetDisabledAsync(other.Id, true));
        var last = admins.Single(a => a.Name == "admin");
        Assert.Contains("último administrador", await users.SetDisabledAsync(last.Id, true));
        Assert.Contains("último administrador", await users.ChangeAsync(last.Id, "x", [Role.Operator]));
        using var client = await app.SignedInAsync("admin");
    }

    [Theory]
    [InlineData("nuevo", "corta", "caracteres")]
    [InlineData("nuevo", "sin-mayuscula-1", "mayúscula")]
    [InlineData("nuevo", "SinSigno1", "signo")]
    [InlineData("con espacio", Good, "no sirve como usuario")]
    [InlineData("ADMIN", Good, "Ya hay un usuario")]
    public async Task A_user_that_breaks_a_rule_is_refused_with_a_sentence(string name, string password, string sentence)
    {
        var users = Users();
        Assert.Contains(sentence, await users.CreateAsync(name, "", [Role.Operator], password));
        Assert.DoesNotContain(await users.ListAsync(), u => u.Name == "nuevo");
    }

    private UserAdmin Users() => app.Services.CreateScope().ServiceProvider.GetRequiredService<UserAdmin>();

    private async Task<(UserAdmin Users, string Id)> NewUserAsync(string name, Role role)
    {
        var users = Users();
        Assert.Null(await users.CreateAsync(name, "", [role], Good));
        return (users, (await users.ListAsync()).Single(u => u.Name == name).Id);
    }
}
