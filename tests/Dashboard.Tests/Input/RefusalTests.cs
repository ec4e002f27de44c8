using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Input;

/// <summary>What a person can get wrong in a matrix and its orders: each has its status, its code and a sentence that says what.</summary>
[Collection(Plant.Name)]
public sealed class RefusalTests(PlantApp app)
{
    private const string Create = "create";
    private const string Pending = "pending";
    private const string Started = "started";
    private const string Recalculate = "matrix/recalculate";
    private const string Cells = "matrix/cells";

    [Theory]
    [InlineData(Create, """{"material":"PT-JRC","quantity":-1}""", 422, "validation", "mayor que cero")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":0}""", 422, "validation", "mayor que cero")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":1.5}""", 422, "validation", "número entero")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":1.0001}""", 400, "validation", "decimales")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":1e30}""", 400, "validation", "quantity")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":"NaN"}""", 400, "validation", "quantity")]
    [InlineData(Create, """{"material":"PT-JRC","quantity":NaN}""", 400, "malformed", "JSON")]
    [InlineData(Create, """{"material":"NO-HAY","quantity":1}""", 422, "validation", "NO-HAY")]
    [InlineData(Create, """{"quantity":1}""", 422, "validation", "material")]
    [InlineData(
        Create,
        """{"material":"PT-JRC","quantity":1,"matrix":{"xValues":["ROSA"],"yValues":["28"],"curve":[]}}""",
        422,
        "validation",
        "ROSA"
    )]
    [InlineData(
        Create,
        """{"material":"TEL-DEN12","quantity":1,"matrix":{"xValues":["T-101"],"yValues":["28"],"curve":[]}}""",
        422,
        "no-axes",
        "atributos"
    )]
    [InlineData(Recalculate, """{"xValues":["T-101"],"yValues":["28"],"curve":[]}""", 422, "validation", "proporción")]
    [InlineData(
        Recalculate,
        """{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":0}]}""",
        422,
        "validation",
        "entre 1 y"
    )]
    [InlineData(
        Recalculate,
        """{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":-2}]}""",
        422,
        "validation",
        "entre 1 y"
    )]
    [InlineData(
        Recalculate,
        """{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":1.5}]}""",
        400,
        "validation",
        "curve[0].proportion"
    )]
    [InlineData(
        Recalculate,
        """{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":1},{"value":"28","proportion":2}]}""",
        422,
        "validation",
        "dos veces"
    )]
    [InlineData(
        Recalculate,
        """{"xValues":["T-101","T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":1}]}""",
        422,
        "validation",
        "dos veces"
    )]
    [InlineData(Recalculate, """{"xValues":[],"yValues":[],"curve":[]}""", 422, "validation", "al menos un valor")]
    [InlineData(Cells, """{"cells":[]}""", 400, "validation", "cells es obligatorio")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","toProduce":1}]}""", 409, "invalid-state", "confirmada")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","planned":-1}]}""", 422, "validation", "negativa")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","planned":1.5}]}""", 422, "validation", "número entero")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","planned":1000000000000000}]}""", 400, "validation", "menor que 10^15")]
    [InlineData(Cells, """{"cells":[{"x":"T-999","y":"28","planned":1}]}""", 404, "not-found", "T-999")]
    [InlineData(
        Cells,
        """{"cells":[{"x":"T-101","y":"28","planned":1},{"x":"T-101","y":"28","planned":2}]}""",
        422,
        "validation",
        "dos veces"
    )]
    [InlineData("start", "{}", 409, "invalid-state", "confirm")]
    [InlineData("produce-lots", "{}", 409, "invalid-state", "proceso")]
    [InlineData("finish", "{}", 409, "invalid-state", "proceso")]
    public async Task Before_planning(string call, string body, int status, string code, string says) =>
        await RefusedAsync(call == Create ? null : Pending, call, body, status, code, says);

    [Theory]
    [InlineData(Recalculate, "{}", 409, "invalid-state", "Pendiente")]
    [InlineData("confirm-planning", "{}", 409, "invalid-state", "Borrador")]
    [InlineData("start", "{}", 409, "invalid-state", "")]
    [InlineData("finish", "{}", 409, "invalid-state", "lotes")]
    [InlineData("produce-lots", "{}", 422, "nothing-to-produce", "")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","planned":1}]}""", 409, "invalid-state", "Pendiente")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","toProduce":-1}]}""", 422, "validation", "negativa")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","toProduce":0.5}]}""", 422, "validation", "número entero")]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","toProduce":8}]}""", 422, "exceeds-outstanding", "como máximo 7")]
    [InlineData(
        Cells,
        """{"cells":[{"x":"T-101","y":"28","toProduce":1},{"x":"T-105","y":"30","toProduce":99}]}""",
        422,
        "exceeds-outstanding",
        "T-105 / 30"
    )]
    [InlineData(Cells, """{"cells":[{"x":"T-101","y":"28","toProduce":1,"version":77}]}""", 409, "cell-conflict", "T-101 / 28")]
    public async Task After_the_start(string call, string body, int status, string code, string says) =>
        await RefusedAsync(Started, call, body, status, code, says);

    private async Task RefusedAsync(string? state, string call, string body, int status, string code, string says)
    {
        using var jefe = await app.SignedInAsync("jefe");
        var path = "/api/v1/orders";
        var before = "";
        if (state is not null)
        {
            var order = state == Started ? await jefe.StartedAsync(42) : await jefe.CreatedAsync(42);
            path += $"/{order}";
            before = await jefe.GetStringAsync(path);
            before += await jefe.GetStringAsync(path + "/matrix");
        }

        using var request = new HttpRequestMessage(
            call == Cells ? HttpMethod.Patch : HttpMethod.Post,
            state is null ? path : $"{path}/{call}"
        )
        {
            Content = new StringContent(body, null, "application/json"),
        };
        var problem = await Problem.ExpectAsync(await jefe.SendAsync(request), (HttpStatusCode)status, code);
        Assert.Contains(says, problem.GetProperty("title").GetString(), StringComparison.OrdinalIgnoreCase);
        if (state is not null)
            Assert.Equal(before, await jefe.GetStringAsync(path) + await jefe.GetStringAsync(path + "/matrix"));
    }
}
