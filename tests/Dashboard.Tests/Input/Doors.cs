namespace Manufactura.Dashboard.Tests.Input;

/// <summary>One call of the API with a body that it takes; <c>{order}</c> is an order in the state that the call wants.</summary>
internal sealed record Door(string Name, HttpMethod Method, string Path, string Body);

/// <summary>Every door of the foundation, and what is pushed through each.</summary>
internal static class Doors
{
    public static readonly Door[] All =
    [
        new("login", HttpMethod.Post, "/auth/login", """{"user":"jefe","password":"wrong"}"""),
        new(
            "create",
            HttpMethod.Post,
            "/orders",
            """{"material":"PT-JRC","quantity":10,"observations":"x","priority":5,"dueDate":"2026-12-01","matrix":{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":1}]}}"""
        ),
        new(
            "recalculate",
            HttpMethod.Post,
            "/orders/{order}/matrix/recalculate",
            """{"xValues":["T-101"],"yValues":["28"],"curve":[{"value":"28","proportion":1}]}"""
        ),
        new(
            "edit",
            HttpMethod.Patch,
            "/orders/{order}/matrix/cells",
            """{"cells":[{"x":"T-101","y":"28","toProduce":1,"version":1}]}"""
        ),
        new("produce", HttpMethod.Post, "/orders/{order}/produce-lots", """{"backorder":true}"""),
        new("key", HttpMethod.Post, "/admin/api-keys", """{"name":"k","role":"Screen"}"""),
        new("attribute", HttpMethod.Post, "/attributes", """{"code":"A-1","name":"n","values":[{"code":"v","name":"n"}]}"""),
        new(
            "line",
            HttpMethod.Post,
            "/lines",
            """{"code":"L-1","name":"n","capacityKg":1,"active":true,"products":[{"material":"PT-JRC","priority":1}]}"""
        ),
        new(
            "lot",
            HttpMethod.Post,
            "/lots",
            """{"code":"LOT-1","material":"TEL-DEN12","quantity":1,"expiresOn":"2028-01-01","supplier":"PRV-01","supplierLot":"s","location":"BOD-MP"}"""
        ),
        new("unit", HttpMethod.Post, "/units", """{"code":"U-1","name":"n","precision":0}"""),
        new(
            "material",
            HttpMethod.Post,
            "/materials",
            """{"code":"M-1","name":"n","kind":"RawMaterial","unit":"und","unitCost":1,"unitWeightKg":1,"minStock":1,"overproductionTolerance":0.1}"""
        ),
        new(
            "bom",
            HttpMethod.Post,
            "/boms",
            """{"code":"B-1","material":"PT-JRC","lines":[{"component":"TEL-DEN12","quantity":1,"unit":"m"}]}"""
        ),
    ];

    /// <summary>Replaced whole, the body of any door: not JSON, or not an object of its shape.</summary>
    public static readonly string[] Broken =
    [
        "{",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{\"a\":",
        "\u0000",
        "{\"quantity\":NaN}",
        "{'a':1}",
        "{\"cells\":[1,2",
        new string('[', 5_000),
        "{\"a\":" + new string('[', 2_000) + new string(']', 2_000) + ",",
    ];

    /// <summary>Put in the place of any one value of a body. No door takes all of them, and none may fail on one.</summary>
    public static readonly string[] Values =
    [
        "-1",
        "0",
        "1.0001",
        "1e30",
        "1e-30",
        "1e400",
        "99999999999999999999999999999",
        "\"NaN\"",
        "\"\"",
        "\"   \"",
        "null",
        "true",
        "[]",
        "{}",
        "[null]",
        "\"'; drop table production_order; --\"",
        "\"<script>alert(1)</script>\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"👖\\u202e\\ufeff\"",
        "\"2026-13-45\"",
        $"\"{new string('x', 3_000)}\"",
    ];
}
