using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Api;

[Collection(Plant.Name)]
public sealed class MasterDataTests(PlantApp app) : IAsyncLifetime
{
    private HttpClient manager = null!;

    public async Task InitializeAsync()
    {
        manager = await app.SignedInAsync("jefe");
        await Ensure("units", """{"code": "t-pz", "name": "Pieza"}""");
        await Ensure("units", """{"code": "t-kg", "name": "Kilo", "precision": 3}""");
        await Ensure(
            "attributes",
            """{"code": "t-tono", "name": "Tono", "values": [{"code": "claro", "name": "Claro"}, {"code": "oscuro"}]}"""
        );
        await Ensure("attributes", """{"code": "t-talla", "name": "Talla", "values": [{"code": "28", "name": "28"}]}""");
        await Ensure("suppliers", """{"code": "t-sup", "name": "Proveedor"}""");
        foreach (var m in new[] { "t-a", "t-b", "t-c", "t-d" })
            await Ensure("materials", $$"""{"code": "{{m}}", "name": "Material {{m}}", "kind": "Component", "unit": "t-pz"}""");
        await Ensure("boms", """{"code": "t-bom-ab", "material": "t-a", "lines": [{"component": "t-b", "quantity": 2}]}""");
        await Ensure(
            "boms",
            """{"code": "t-bom-bc", "material": "t-b", "lines": [{"component": "t-c", "quantity": 1.5, "unit": "t-pz"}]}"""
        );
    }

    public Task DisposeAsync()
    {
        manager.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("units", """{"code": "$", "name": "Uno"}""", """{"code": "$", "name": "Uno", "precision": 0}""")]
    [InlineData(
        "locations",
        """{"code": "$", "name": "Uno"}""",
        """{"code": "$", "name": "Uno", "isDefault": false, "active": true}"""
    )]
    [InlineData(
        "suppliers",
        """{"code": "$", "name": "Uno", "email": "a@b.co"}""",
        """{"code": "$", "name": "Uno", "email": "a@b.co"}"""
    )]
    [InlineData("customers", """{"code": "$", "name": "Uno"}""", """{"code": "$", "name": "Uno"}""")]
    [InlineData(
        "attributes",
        """{"code": "$", "name": "Uno", "values": [{"code": "z", "name": "Zeta"}, {"code": "a"}]}""",
        """{"code": "$", "name": "Uno", "values": [{"code": "z", "name": "Zeta"}, {"code": "a", "name": "a"}]}"""
    )]
    [InlineData(
        "materials",
        """{"code": "$", "name": "Uno", "kind": "FinishedProduct", "unit": "t-kg", "unitCost": 12.5, "minStock": 0.125}""",
        """{"code": "$", "name": "Uno", "kind": "FinishedProduct", "unit": "t-kg", "unitCost": 12.5, "unitWeightKg": null, "minStock": 0.125, "minShelfLifeDays": null, "lotTracked": true, "allocationPolicy": "SingleLotFirst", "supplier": null, "criticalQuantity": null, "xAttribute": null, "yAttribute": null, "overproductionTolerance": 0}"""
    )]
    [InlineData(
        "boms",
        """{"code": "$", "material": "t-d", "lines": [{"component": "t-c", "quantity": 0.125}]}""",
        """{"code": "$", "material": "t-d", "active": true, "lines": [{"component": "t-c", "quantity": 0.125, "unit": "t-pz"}]}"""
    )]
    [InlineData(
        "lines",
        """{"code": "$", "name": "Uno", "capacityKg": 300, "products": [{"material": "t-a"}]}""",
        """{"code": "$", "name": "Uno", "capacityKg": 300, "active": true, "products": [{"material": "t-a", "priority": 5}]}"""
    )]
    public async Task What_is_created_is_read_listed_replaced_and_deleted_in_the_shape_of_the_interface(
        string path,
        string body,
        string shape
    )
    {
        var code = $"n-{path}-{Guid.NewGuid():N}"[..24] + " ñ%";
        (body, shape) = (body.Replace("$", code), shape.Replace("$", code));
        var one = $"/api/v1/{path}/{Uri.EscapeDataString(code)}";

        var created = await Send(HttpMethod.Post, $"/api/v1/{path}", body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(one, created.Headers.Location!.OriginalString);
        AssertHas(shape, await Read(created));
        AssertHas(shape, await manager.GetFromJsonAsync<JsonElement>(one));
        var list = await manager.GetFromJsonAsync<JsonElement>($"/api/v1/{path}?q={Uri.EscapeDataString(code)}");
        AssertHas(shape, Assert.Single(list.GetProperty("items").EnumerateArray()));
        Assert.Equal(JsonValueKind.Null, list.GetProperty("nextCursor").ValueKind);

        await Problem.ExpectAsync(await Send(HttpMethod.Post, $"/api/v1/{path}", body), HttpStatusCode.Conflict, "duplicate");
        AssertHas(shape, await Read(await Send(HttpMethod.Put, one, body)));
        var events = await Events(path, code);
        Assert.Equal(["created"], events.Select(e => e.Type[(e.Type.LastIndexOf('-') + 1)..]));

        Assert.Equal(HttpStatusCode.NoContent, (await manager.DeleteAsync(one)).StatusCode);
        await Problem.ExpectAsync(await manager.GetAsync(one), HttpStatusCode.NotFound, "not-found");
        await Problem.ExpectAsync(await manager.DeleteAsync(one), HttpStatusCode.NotFound, "not-found");
        await Problem.ExpectAsync(await Send(HttpMethod.Put, one, body), HttpStatusCode.NotFound, "not-found");
        Assert.Equal([1, 2], (await Events(path, code)).Select(e => e.Version));
    }

    [Theory]
    [InlineData("units", """{"name": "x"}""", 400, "code")]
    [InlineData("units", """{"code": "r"}""", 400, "name")]
    [InlineData("units", """{"code": "r", "name": "  "}""", 400, "name")]
    [InlineData("units", """{"code": " r", "name": "x"}""", 422, "code")]
    [InlineData("units", """{"code": "r/s", "name": "x"}""", 422, "code")]
    [InlineData("units", """{"code": "r\u0007", "name": "x"}""", 422, "code")]
    [InlineData(
        "units",
        """{"code": "1234567890123456789012345678901234567890123456789012345678901", "name": "x"}""",
        422,
        "code"
    )]
    [InlineData("units", """{"code": "r", "name": "x", "precision": 4}""", 422, "precision")]
    [InlineData("units", """{"code": "r", "name": "x", "precision": -1}""", 422, "precision")]
    [InlineData("units", """{"code": "r", "name": "x", "precision": 1.5}""", 400, "precision")]
    [InlineData("locations", """{"code": "r", "name": "x", "isDefault": true, "active": false}""", 422, "active")]
    [InlineData("suppliers", """{"code": "r", "name": "x", "email": "nobody"}""", 422, "email")]
    [InlineData("attributes", """{"code": "r", "name": "x", "values": [{"code": "a"}, {"code": "a"}]}""", 422, "values")]
    [InlineData("attributes", """{"code": "r", "name": "x", "values": [null]}""", 400, "values.code")]
    [InlineData("materials", """{"code": "r", "name": "x", "unit": "t-pz"}""", 400, "kind")]
    [InlineData("materials", """{"code": "r", "name": "x", "kind": "Component"}""", 400, "unit")]
    [InlineData("materials", """{"code": "r", "name": "x", "kind": "Gas", "unit": "t-pz"}""", 400, "kind")]
    [InlineData("materials", """{"code": "r", "name": "x", "kind": "Component", "unit": "no"}""", 422, "unit")]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "unitCost": -1}""",
        422,
        "unitCost"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "unitCost": 1.125}""",
        422,
        "unitCost"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "minStock": 0.5}""",
        422,
        "minStock"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "supplier": "no"}""",
        422,
        "supplier"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "xAttribute": "t-tono"}""",
        422,
        "yAttribute"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "xAttribute": "t-tono", "yAttribute": "t-tono"}""",
        422,
        "yAttribute"
    )]
    [InlineData(
        "materials",
        """{"code": "r", "name": "x", "kind": "Component", "unit": "t-pz", "overproductionTolerance": 1.1}""",
        422,
        "overproductionTolerance"
    )]
    [InlineData("boms", """{"code": "r", "material": "t-d"}""", 400, "lines")]
    [InlineData("boms", """{"code": "r", "material": "no", "lines": []}""", 422, "material")]
    [InlineData(
        "boms",
        """{"code": "r", "material": "t-d", "lines": [{"component": "no", "quantity": 1}]}""",
        422,
        "lines.component"
    )]
    [InlineData("boms", """{"code": "r", "material": "t-d", "lines": [{"component": "t-c"}]}""", 400, "lines.quantity")]
    [InlineData(
        "boms",
        """{"code": "r", "material": "t-d", "lines": [{"component": "t-c", "quantity": 0}]}""",
        422,
        "lines.quantity"
    )]
    [InlineData(
        "boms",
        """{"code": "r", "material": "t-d", "lines": [{"component": "t-c", "quantity": 1.0005}]}""",
        400,
        "lines[0].quantity"
    )]
    [InlineData(
        "boms",
        """{"code": "r", "material": "t-d", "lines": [{"component": "t-c", "quantity": 1}, {"component": "t-c", "quantity": 1}]}""",
        422,
        null
    )]
    [InlineData(
        "boms",
        """{"code": "r", "material": "t-d", "lines": [{"component": "t-c", "quantity": 1, "unit": "t-kg"}]}""",
        422,
        null
    )]
    [InlineData("lines", """{"code": "r", "name": "x"}""", 400, "capacityKg")]
    [InlineData("lines", """{"code": "r", "name": "x", "capacityKg": 0}""", 422, "capacityKg")]
    [InlineData(
        "lines",
        """{"code": "r", "name": "x", "capacityKg": 1, "products": [{"material": "no"}]}""",
        422,
        "products.material"
    )]
    [InlineData(
        "lines",
        """{"code": "r", "name": "x", "capacityKg": 1, "products": [{"material": "t-a", "priority": 0}]}""",
        422,
        "products.priority"
    )]
    [InlineData(
        "lines",
        """{"code": "r", "name": "x", "capacityKg": 1, "products": [{"material": "t-a"}, {"material": "t-a"}]}""",
        422,
        "products"
    )]
    public async Task What_breaks_a_rule_is_refused_and_changes_nothing(string path, string body, int status, string? field)
    {
        var problem = await Problem.ExpectAsync(
            await Send(HttpMethod.Post, $"/api/v1/{path}", body),
            (HttpStatusCode)status,
            "validation"
        );
        if (field is not null)
            Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/api/v1/{path}/r")).StatusCode);
    }

    [Theory]
    [InlineData("t-a")]
    [InlineData("t-b")]
    [InlineData("t-c")]
    public async Task A_bom_that_closes_a_cycle_over_any_nesting_is_refused(string component)
    {
        var body = $$"""{"code": "r-cycle", "material": "t-c", "lines": [{"component": "{{component}}", "quantity": 1}]}""";
        var problem = await Problem.ExpectAsync(
            await Send(HttpMethod.Post, "/api/v1/boms", body),
            HttpStatusCode.UnprocessableEntity,
            "bom-cycle"
        );
        Assert.Contains("t-c", problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("units/t-pz", "materials")]
    [InlineData("materials/t-a", "boms")]
    [InlineData("materials/t-c", "bomLines")]
    public async Task What_is_in_use_is_not_deleted_and_the_answer_names_by_what(string path, string what)
    {
        var problem = await Problem.ExpectAsync(await manager.DeleteAsync("/api/v1/" + path), HttpStatusCode.Conflict, "in-use");
        var used = problem.GetProperty("usedBy").EnumerateArray().Single(u => u.GetProperty("what").GetString() == what);
        Assert.True(used.GetProperty("count").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/api/v1/" + path)).StatusCode);
    }

    [Fact]
    public async Task A_put_replaces_the_whole()
    {
        await Ensure(
            "materials",
            """{"code": "t-put", "name": "Antes", "kind": "Component", "unit": "t-pz", "unitCost": 4, "supplier": "t-sup"}"""
        );
        var next = await Read(
            await Send(
                HttpMethod.Put,
                "/api/v1/materials/t-put",
                """{"name": "Después", "kind": "RawMaterial", "unit": "t-kg"}"""
            )
        );
        Assert.Equal("Después", next.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, next.GetProperty("unitCost").ValueKind);
        Assert.Equal(JsonValueKind.Null, next.GetProperty("supplier").ValueKind);
        var other = await Send(
            HttpMethod.Put,
            "/api/v1/materials/t-put",
            """{"code": "other", "name": "x", "kind": "RawMaterial", "unit": "t-kg"}"""
        );
        await Problem.ExpectAsync(other, HttpStatusCode.UnprocessableEntity, "validation");
    }

    [Fact]
    public async Task A_new_default_location_takes_the_old_ones_place()
    {
        var before = (await Items("locations")).SingleOrDefault(l => l.GetProperty("isDefault").GetBoolean());
        await Ensure("locations", """{"code": "t-def-1", "name": "Uno", "isDefault": true}""");
        await Ensure("locations", """{"code": "t-def-2", "name": "Dos", "isDefault": true}""");
        var now = Assert.Single(await Items("locations"), l => l.GetProperty("isDefault").GetBoolean());
        Assert.Equal("t-def-2", now.GetProperty("code").GetString());
        Assert.Equal([1, 2], (await Events("locations", "t-def-1")).Select(e => e.Version));
        if (before.ValueKind == JsonValueKind.Object)
            await Send(HttpMethod.Put, "/api/v1/locations/" + before.GetProperty("code").GetString(), before.GetRawText());
    }

    [Fact]
    public async Task A_value_that_is_in_a_matrix_cannot_be_removed()
    {
        await Ensure(
            "materials",
            """{"code": "t-axes", "name": "Con ejes", "kind": "FinishedProduct", "unit": "t-pz", "xAttribute": "t-tono", "yAttribute": "t-talla"}"""
        );
        var order = await Send(
            HttpMethod.Post,
            "/api/v1/orders",
            """{"material": "t-axes", "quantity": 10, "matrix": {"xValues": ["claro"], "yValues": ["28"], "curve": [{"value": "28", "proportion": 1}]}}"""
        );
        Assert.Equal(HttpStatusCode.Created, order.StatusCode);
        await Send(
            HttpMethod.Post,
            $"/api/v1/orders/{(await Read(order)).GetProperty("number").GetString()}/matrix/recalculate",
            "{}"
        );
        var without = """{"name": "Tono", "values": [{"code": "oscuro"}]}""";
        await Problem.ExpectAsync(
            await Send(HttpMethod.Put, "/api/v1/attributes/t-tono", without),
            HttpStatusCode.Conflict,
            "in-use"
        );
        var unused = """{"name": "Tono", "values": [{"code": "claro", "name": "Claro"}, {"code": "nuevo"}]}""";
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/api/v1/attributes/t-tono", unused)).StatusCode);
        var axes = """{"name": "Con ejes", "kind": "FinishedProduct", "unit": "t-pz"}""";
        await Problem.ExpectAsync(
            await Send(HttpMethod.Put, "/api/v1/materials/t-axes", axes),
            HttpStatusCode.Conflict,
            "in-use"
        );
    }

    [Fact]
    public async Task A_unit_keeps_the_decimals_of_quantities_that_exist()
    {
        await Ensure("units", """{"code": "t-fine", "name": "Fina", "precision": 3}""");
        await Ensure(
            "materials",
            """{"code": "t-finemat", "name": "Fino", "kind": "RawMaterial", "unit": "t-fine", "minStock": 0.25}"""
        );
        await Problem.ExpectAsync(
            await Send(HttpMethod.Put, "/api/v1/units/t-fine", """{"name": "Fina", "precision": 1}"""),
            HttpStatusCode.Conflict,
            "in-use"
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await Send(HttpMethod.Put, "/api/v1/units/t-fine", """{"name": "Fina", "precision": 2}""")).StatusCode
        );
    }

    [Theory]
    [InlineData("materials", "supervisor", 403)]
    [InlineData("materials", "vendedor", 403)]
    [InlineData("materials", "operario", 403)]
    [InlineData("customers", "vendedor", 422)]
    [InlineData("customers", "supervisor", 403)]
    [InlineData("materials", "admin", 422)]
    public async Task Only_those_who_may_change_master_data_do(string path, string user, int status)
    {
        using var client = await app.SignedInAsync(user);
        var answer = await client.PostAsJsonAsync("/api/v1/" + path, new { code = "a/b", name = "x" });
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/" + path)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_answers_the_same_again_and_another_body_under_it_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        var code = "k-" + key[..8];
        var first = await Send(HttpMethod.Post, "/api/v1/units", $$"""{"code": "{{code}}", "name": "Uno"}""", key);
        var again = await Send(HttpMethod.Post, "/api/v1/units", $$"""{"code": "{{code}}", "name": "Uno"}""", key);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var other = await Send(HttpMethod.Post, "/api/v1/units", $$"""{"code": "{{code}}", "name": "Dos"}""", key);
        await Problem.ExpectAsync(other, HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Single(await Events("units", code));
    }

    private async Task Ensure(string path, string body)
    {
        var answer = await Send(HttpMethod.Post, "/api/v1/" + path, body);
        Assert.True(
            answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict,
            await answer.Content.ReadAsStringAsync()
        );
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string url, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = new StringContent(body, null, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await manager.SendAsync(request);
    }

    private async Task<JsonElement[]> Items(string path) =>
        [.. (await manager.GetFromJsonAsync<JsonElement>($"/api/v1/{path}?limit=500")).GetProperty("items").EnumerateArray()];

    private async Task<List<(string Type, int Version)>> Events(string path, string code)
    {
        var url = $"/api/v1/events?subject={Uri.EscapeDataString(path[..^1] + ":" + code)}";
        var events = (await manager.GetFromJsonAsync<JsonElement>(url)).GetProperty("items").EnumerateArray();
        // Alerts about a thing name it too, whenever the plant gets to them; they are no versions of it.
        return
        [
            .. events
                .Select(e => (Type: e.GetProperty("type").GetString()!, Version: e.GetProperty("plantversion")))
                .Where(e => e.Version.ValueKind == JsonValueKind.Number)
                .Select(e => (e.Type, e.Version.GetInt32())),
        ];
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Every member of the shape with its value; further members may be there.</summary>
    private static void AssertHas(string shape, JsonElement actual)
    {
        foreach (var member in JsonSerializer.Deserialize<JsonElement>(shape).EnumerateObject())
            Assert.Equal(
                member.Value.GetRawText().Replace(" ", ""),
                actual.GetProperty(member.Name).GetRawText().Replace(" ", "")
            );
    }
}
