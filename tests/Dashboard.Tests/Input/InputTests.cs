using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Manufactura.Dashboard.Access;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Input;

/// <summary>Bad input at every door: a problem with a sentence, never a 500, and where it was refused nothing changed.</summary>
[Collection(Plant.Name)]
public sealed partial class InputTests(PlantApp app)
{
    public static TheoryData<string> Names => [.. Doors.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Any_bad_value_in_any_place_is_answered_and_what_is_refused_changes_nothing(string name)
    {
        using var client = await app.SignedInAsync("admin");
        var door = await PreparedAsync(name, client);
        var failures = new List<string>();
        var before = await ChecksumAsync();
        foreach (Match place in ValuePlaces().Matches(door.Body))
        foreach (var value in Doors.Values)
        {
            var body = door.Body[..place.Groups[1].Index] + value + door.Body[(place.Groups[1].Index + place.Groups[1].Length)..];
            var answer = await SendAsync(client, door, body);
            // Wrong sign-ins are slowed down by user and address: that is not what is asked here.
            Throttle.Succeeded("jefe", IPAddress.Loopback);
            if (await WrongAsync(answer) is { } wrong)
                failures.Add($"{body[..Math.Min(200, body.Length)]} → {wrong}");
            // What was taken, such as an odd but harmless name, is a change that was meant.
            if (answer.IsSuccessStatusCode)
                before = await ChecksumAsync();
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(before, await ChecksumAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_huge_or_wrongly_typed_body_is_refused_and_changes_nothing(string name)
    {
        using var client = await app.SignedInAsync("admin");
        var door = await PreparedAsync(name, client);
        var before = await ChecksumAsync();
        var failures = new List<string>();
        // null and an empty object are bodies that a command without required members may take.
        foreach (var body in Doors.Broken)
            await ExpectAsync(await SendAsync(client, door, body), HttpStatusCode.BadRequest, body);
        await ExpectAsync(
            await SendAsync(client, door, door.Body, "text/plain"),
            HttpStatusCode.UnsupportedMediaType,
            "text/plain"
        );
        var huge = "{\"observations\":\"" + new string('x', 10_000_000) + "\"}";
        await ExpectAsync(await SendAsync(client, door, huge), HttpStatusCode.RequestEntityTooLarge, "10 MB");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(before, await ChecksumAsync());

        async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode status, string what)
        {
            if (answer.StatusCode != status || await WrongAsync(answer) is not null)
                failures.Add($"{what[..Math.Min(60, what.Length)]} → {(int)answer.StatusCode} {await WrongAsync(answer)}");
        }
    }

    [Theory]
    [InlineData("/orders?q=%00")]
    [InlineData("/orders?status=Nope")]
    [InlineData("/orders?limit=-1")]
    [InlineData("/orders?limit=1e9")]
    [InlineData("/orders?cursor=nonsense")]
    [InlineData("/orders?from=yesterday")]
    [InlineData("/orders?ids=%00")]
    [InlineData("/materials?q=%27%3B%20drop%20table%20event")]
    [InlineData("/materials/%F0%9F%91%96")]
    [InlineData("/lots?expiresBefore=x")]
    [InlineData("/events?after=-9223372036854775809")]
    [InlineData("/events?subject=%00")]
    public async Task A_wrong_address_or_filter_is_answered(string path)
    {
        using var client = await app.SignedInAsync("jefe");
        var answer = await client.GetAsync("/api/v1" + path);
        Assert.True(await WrongAsync(answer) is null, $"{path}: {await WrongAsync(answer)}");
    }

    // The server itself cannot read these addresses: it answers before anything of ours is asked.
    [Theory]
    [InlineData("/materials/%00")]
    [InlineData("/orders/WO-0140%00/matrix")]
    public async Task An_address_with_a_zero_byte_is_400_and_the_connection_of_others_goes_on(string path)
    {
        using var client = await app.SignedInAsync("jefe");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1" + path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/orders?limit=1")).StatusCode);
    }

    private SignInThrottle Throttle => app.Services.GetRequiredService<SignInThrottle>();

    private static readonly object Received = new
    {
        material = "TEL-DEN12",
        quantity = 1000,
        location = "BOD-MP",
    };

    private static async Task<Door> PreparedAsync(string name, HttpClient client)
    {
        var door = Doors.All.Single(d => d.Name == name);
        if (Asks("{order}"))
            Put("{order}", name == "recalculate" ? await client.CreatedAsync(60) : await client.StartedAsync(60));
        if (Asks("{lot}"))
        {
            var lot = await client.SendOkAsync(HttpMethod.Post, "/api/v1/lots", Received);
            Put("{lot}", lot.GetProperty("code").GetString()!);
            await client.SendOkAsync(HttpMethod.Post, $"/api/v1/lots/{lot.GetProperty("code").GetString()}/release", new { });
        }

        if (Asks("{line}"))
        {
            var code = "B-" + Guid.NewGuid().ToString("N")[..8];
            var line = new
            {
                code,
                name = "Bordes",
                capacityKg = 10,
                products = new[] { new { material = "PT-JRC", priority = 9 } },
            };
            await client.SendOkAsync(HttpMethod.Post, "/api/v1/lines", line);
            Put("{line}", code);
        }

        return door;

        bool Asks(string what) => (door.Path + door.Body).Contains(what, StringComparison.Ordinal);

        void Put(string what, string made) =>
            door = door with
            {
                Path = door.Path.Replace(what, made, StringComparison.Ordinal),
                Body = door.Body.Replace(what, made, StringComparison.Ordinal),
            };
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        Door door,
        string body,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(door.Method, "/api/v1" + door.Path)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        return await client.SendAsync(request);
    }

    /// <summary>What is wrong with an answer: not a problem with a sentence, or a failure of the server; null when it is as promised.</summary>
    private static async Task<string?> WrongAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return null;
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode >= 500 || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{(int)answer.StatusCode} {text[..Math.Min(160, text.Length)]}";
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        return
            problem.GetProperty("title").GetString() is { Length: > 0 }
            && problem.GetProperty("code").GetString() is { Length: > 0 }
            && problem.GetProperty("status").GetInt32() == (int)answer.StatusCode
            && !text.Contains("   at ", StringComparison.Ordinal)
            ? null
            : text;
    }

    /// <summary>One line over every row that a command could write.</summary>
    private async Task<string> ChecksumAsync()
    {
        string[] tables =
        [
            "unit",
            "location",
            "customer",
            "supplier",
            "account",
            "material",
            "attribute_value",
            "bom",
            "bom_line",
            "production_line",
            "line_calendar",
            "line_compatibility",
            "production_order",
            "matrix_cell",
            "lot",
            "lot_inspection",
            "allocation",
            "inventory_movement",
            "journal_entry",
            "sales_order",
            "sales_line",
            "stock_count",
            "stock_count_line",
            "api_key",
            "event",
            "command",
        ];
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        // What the plant tells by itself of earlier changes may come at any moment.
        var sums = tables.Select(t =>
            $"(select count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) from {t} r{(t == "event" ? " where r.actor <> 'system'" : "")})"
        );
        await using var command = database.CreateCommand($"select {string.Join(" || ' ' || ", sums)}");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(""":("[^"]*"|[0-9.]+|true|\[[^\[\]{}]*\])""")]
    private static partial Regex ValuePlaces();
}
