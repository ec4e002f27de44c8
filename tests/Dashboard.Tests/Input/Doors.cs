namespace Manufactura.Dashboard.Tests.Input;

/// <summary>
/// One call of the API with a body that it takes; <c>{order}</c> is an order in the state that the call wants, <c>{lot}</c> a released
/// lot and <c>{line}</c> a line, each made for the test.
/// </summary>
internal sealed record Door(string Name, HttpMethod Method, string Path, string Body);

/// <summary>Every door that takes a body of its own, and what is pushed through each.</summary>
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
        new("location", HttpMethod.Post, "/locations", """{"code":"U-1","name":"n","isDefault":false,"active":true}"""),
        new("supplier", HttpMethod.Post, "/suppliers", """{"code":"S-1","name":"n","email":"a@b.example"}"""),
        new("customer", HttpMethod.Put, "/customers/CLI-01", """{"name":"Almacenes El Faro"}"""),
        new("account", HttpMethod.Post, "/accounts", """{"code":"9999","name":"n"}"""),
        new("inspect", HttpMethod.Post, "/lots/{lot}/keep", """{"note":"n","result":"r"}"""),
        new("adjust", HttpMethod.Post, "/lots/{lot}/adjust", """{"quantity":1,"reason":"x"}"""),
        new("scrap", HttpMethod.Post, "/lots/{lot}/scrap", """{"quantity":1,"reason":"x"}"""),
        new("transfer", HttpMethod.Post, "/lots/{lot}/transfer", """{"location":"BOD-MP","quantity":1}"""),
        new(
            "sale",
            HttpMethod.Post,
            "/sales-orders",
            """{"customer":"CLI-01","dueDate":"2028-01-01","lines":[{"material":"PT-JRC","quantity":1}]}"""
        ),
        new("count", HttpMethod.Post, "/stock-counts", """{"location":"BOD-MP","material":"BOT-17","blind":true,"reason":"x"}"""),
        new(
            "count lines",
            HttpMethod.Post,
            "/stock-counts/IF-0001/lines",
            """{"lines":[{"lot":"{lot}","counted":1,"version":1}]}"""
        ),
        new(
            "shifts",
            HttpMethod.Put,
            "/lines/{line}/shifts",
            """{"shifts":[{"days":["Monday"],"start":"06:00","end":"14:00"}],"stops":[{"from":"2027-01-01T00:00:00-05:00","to":"2027-01-02T00:00:00-05:00","reason":"x"}]}"""
        ),
        new("queue", HttpMethod.Post, "/lines/{line}/queue", """{"orders":["{order}"],"before":"WO-0001","last":true}"""),
        new("assign", HttpMethod.Post, "/orders/{order}/assign-line", """{"line":"{line}","split":true,"from":"L1"}"""),
        new(
            "split all",
            HttpMethod.Post,
            "/orders/{order}/split-all",
            """{"propose":true,"parts":[{"line":"{line}","units":1}],"from":"L1"}"""
        ),
        new(
            "move",
            HttpMethod.Post,
            "/orders/{order}/move-allocation",
            """{"from":"{lot}","to":"{lot}","quantity":1,"reason":"x"}"""
        ),
        new("retry entry", HttpMethod.Post, "/orders/{order}/retry-entry", """{"date":"2026-01-01"}"""),
        new("shelve", HttpMethod.Post, "/alerts/1/shelve", """{"minutes":5,"note":"n","group":true}"""),
        new("take", HttpMethod.Post, "/alerts/1/acknowledge", """{"note":"n","group":true}"""),
        new(
            "screen",
            HttpMethod.Put,
            "/screens/bordes",
            """{"title":"t","theme":"dark","columns":6,"rows":6,"rotationSeconds":30,"panels":[{"kind":"Totals","page":1,"column":1,"row":1,"width":3,"height":3}],"version":1}"""
        ),
        new("view", HttpMethod.Put, "/saved-views/orders/Bordes", """{"query":"created=today"}"""),
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
