using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>Who may be on the hub, and for how long.</summary>
[Collection(Plant.Name)]
public sealed class HubAccessTests(PlantApp app)
{
    [Fact]
    public async Task A_screens_key_sees_everything_writes_nothing_and_ends_when_it_is_revoked()
    {
        using var jefe = await app.SignedInAsync("jefe");
        using var admin = await app.SignedInAsync("admin");
        var order = await jefe.StartedAsync(60);
        var made = await admin.SendOkAsync(
            HttpMethod.Post,
            "/api/v1/admin/api-keys",
            new { name = "Muro de prueba", role = "Screen" }
        );
        await using var wall = await new HubClient().ConnectAsync(app.Address, made.GetProperty("key").GetString()!);
        var topics = new[] { "plant", "alerts", $"order:{order}", "line:L1", "lot:X", "material:TEL-DEN12" };
        Assert.True((await wall.InvokeAsync("Watch", topics, null)).TryGetProperty("lastEventId", out _));
        foreach (var field in new[] { "planned", "toProduce" })
        {
            var answer = await wall.InvokeAsync("EditCell", order, "T-101", "30", field, 1, 1);
            Assert.Equal("forbidden", answer.GetProperty("problem").GetProperty("code").GetString());
        }

        var id = made.GetProperty("id").GetInt32();
        (await admin.DeleteAsync(new Uri($"/api/v1/admin/api-keys/{id}", UriKind.Relative))).EnsureSuccessStatusCode();
        await wall.Closed.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_person_whose_roles_change_is_let_go_and_comes_back_with_the_new_ones()
    {
        using var scope = app.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserAdmin>();
        var name = $"hub{Guid.NewGuid():N}"[..12];
        const string Password = "De paso, 1 vez";
        Assert.Null(await users.CreateAsync(name, "De Paso", [Role.Operator], Password));
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(60);
        var seen = (await jefe.CellsAsync(order))[0].GetProperty("version").GetInt32();
        await using (var before = await HubAsync(name, Password))
        {
            var cell = await before.InvokeAsync("EditCell", order, "T-101", "28", "toProduce", 1, seen);
            Assert.True(cell.TryGetProperty("cell", out _), cell.ToString());
            var id = (await users.ListAsync()).Single(u => u.Name == name).Id;
            Assert.Null(await users.ChangeAsync(id, "De Paso", [Role.Salesperson]));
            await before.Closed.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await using var after = await HubAsync(name, Password);
        var answer = await after.InvokeAsync("EditCell", order, "T-101", "28", "toProduce", 2, seen + 1);
        Assert.Equal("forbidden", answer.GetProperty("problem").GetProperty("code").GetString());
    }

    private async Task<HubClient> HubAsync(string user, string password)
    {
        using var client = await app.SignedInAsync(user, password);
        return await new HubClient().ConnectAsync(app.Address, client.DefaultRequestHeaders.Authorization!.Parameter!);
    }
}
