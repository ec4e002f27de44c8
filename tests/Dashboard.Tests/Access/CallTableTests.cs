using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Access;

/// <summary>
/// Who may call what, both ways: every call that the description names, for every role. The table is written by hand after "Who may do
/// what", so a call that is new, or opened to somebody by mistake, is seen here.
/// </summary>
[Collection(Plant.Name)]
public sealed partial class CallTableTests(PlantApp app)
{
    /// <summary>Admin, jefe de producción, supervisor, operario, encargado de calidad, vendedor, wall screen.</summary>
    private const string Everybody = "AJSOQVW";

    /// <summary>Roles that may write; everybody may read, but for the keys.</summary>
    private const string Writes = """
        AJ    POST /units, PUT /units/{code}, DELETE /units/{code}
        AJ    POST /locations, PUT /locations/{code}, DELETE /locations/{code}
        AJ    POST /suppliers, PUT /suppliers/{code}, DELETE /suppliers/{code}
        AJV   POST /customers, PUT /customers/{code}, DELETE /customers/{code}
        AJ    POST /attributes, PUT /attributes/{code}, DELETE /attributes/{code}
        AJ    POST /materials, PUT /materials/{code}, DELETE /materials/{code}
        AJ    POST /boms, PUT /boms/{code}, DELETE /boms/{code}
        AJ    POST /lines, PUT /lines/{code}, DELETE /lines/{code}, PUT /lines/{code}/shifts
        AJ    POST /accounts, PUT /accounts/{code}, DELETE /accounts/{code}
        AJ    PUT /screens/{name}, DELETE /screens/{name}
        A     PUT /accounting, POST /import, POST /admin/expire
        A     GET /admin/api-keys, POST /admin/api-keys, DELETE /admin/api-keys/{id}
        AJS   POST /orders, POST /orders/{number}/matrix/recalculate, POST /orders/{number}/confirm-planning
        AJS   POST /orders/{number}/cancel, POST /orders/{number}/undo-explosion
        AJS   POST /orders/{number}/reserve, POST /orders/{number}/unreserve
        AJSO  POST /orders/{number}/start, PATCH /orders/{number}/matrix/cells, POST /orders/{number}/produce-lots
        AJSO  POST /orders/{number}/finish
        AJSO  POST /orders/{number}/assign-line, POST /orders/{number}/unassign-line, POST /orders/{number}/split-all
        AJSO  POST /orders/{number}/undo-split, POST /lines/{code}/queue
        AS    POST /orders/{number}/requisition, POST /orders/{number}/move-allocation, POST /orders/{number}/retry-entry
        AS    POST /requisitions/{number}/approve, POST /requisitions/{number}/confirm
        AS    POST /requisitions/{number}/cancel, POST /requisitions/{number}/send
        AQ    POST /lots, POST /lots/{code}/release, POST /lots/{code}/reject, POST /lots/{code}/keep
        AQ    POST /lots/{code}/adjust, POST /lots/{code}/scrap, POST /lots/{code}/transfer
        AQ    POST /stock-counts, POST /stock-counts/{number}/lines, POST /stock-counts/{number}/post
        AQ    POST /stock-counts/{number}/cancel
        AV    POST /sales-orders, POST /sales-orders/{number}/confirm, POST /sales-orders/{number}/cancel
        """;

    /// <summary>A person's own, or given to the role that the alert is for: the call itself decides.</summary>
    private static readonly string[] Own =
    [
        "POST /auth/login",
        "POST /alerts/{id}/acknowledge",
        "POST /alerts/{id}/shelve",
        "POST /alerts/{id}/unshelve",
        "PUT /saved-views/{page}/{name}",
        "DELETE /saved-views/{page}/{name}",
    ];

    private static readonly (char Role, string User)[] People =
    [
        ('A', "admin"),
        ('J', "jefe"),
        ('S', "supervisor"),
        ('O', "operario"),
        ('Q', "calidad"),
        ('V', "vendedor"),
    ];

    [Fact]
    public async Task Every_write_of_the_description_is_in_the_table_and_no_other()
    {
        var described = (await CallsAsync()).Where(c => !c.StartsWith("GET ", StringComparison.Ordinal)).Except(Own);
        var table = Table().Keys.Where(c => !c.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Equal(described.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_role_is_let_through_where_the_table_says_so_and_refused_everywhere_else()
    {
        using var admin = await app.SignedInAsync("admin");
        var made = await admin.PostAsJsonAsync("/api/v1/admin/api-keys", new { name = "Tabla", role = "Screen" });
        using var screen = app.Anonymous();
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        screen.DefaultRequestHeaders.Add("X-Api-Key", key);
        var wrong = await WrongAsync('W', screen);
        foreach (var (role, user) in People)
        {
            using var client = await app.SignedInAsync(user);
            wrong.AddRange(await WrongAsync(role, client));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Without_a_sign_in_every_call_but_the_sign_in_is_401()
    {
        using var anonymous = app.Anonymous();
        using var forged = app.Anonymous();
        forged.DefaultRequestHeaders.Authorization = new("Bearer", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoiQWRtaW4ifQ.");
        using var unknown = app.Anonymous();
        unknown.DefaultRequestHeaders.Add("X-Api-Key", "mk_0000000000000000000000000000000000000000");
        var wrong = new List<string>();
        foreach (var call in (await CallsAsync()).Where(c => c != "POST /auth/login"))
        foreach (var client in new[] { anonymous, forged, unknown })
            if (await StatusAsync(client, call) is var status and not HttpStatusCode.Unauthorized)
                wrong.Add($"{call}: {(int)status}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<List<string>> WrongAsync(char role, HttpClient client)
    {
        var table = Table();
        var wrong = new List<string>();
        foreach (var call in (await CallsAsync()).Except(Own))
        {
            var may = table.GetValueOrDefault(call, Everybody).Contains(role, StringComparison.Ordinal);
            var status = await StatusAsync(client, call);
            if (
                may
                    ? status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || (int)status >= 500
                    : status != HttpStatusCode.Forbidden
            )
                wrong.Add($"{role} {call}: {(int)status}, {(may ? "may" : "may not")}");
        }

        return wrong;
    }

    /// <summary>With names that nothing has and a body that no call takes, so that nothing is changed where the role may.</summary>
    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string call)
    {
        var (method, path) = (
            call[..call.IndexOf(' ', StringComparison.Ordinal)],
            call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..]
        );
        var address =
            "/api/v1"
            + Names().Replace(path.Replace("{id}", "999999", StringComparison.Ordinal), "no-hay")
            + (path == "/admin/expire" ? "?date=nunca" : "");
        using var request = new HttpRequestMessage(new(method), address);
        if (method is not ("GET" or "DELETE"))
            request.Content = new StringContent("[]", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private async Task<string[]> CallsAsync()
    {
        using var client = app.Anonymous();
        var paths = (await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths").EnumerateObject();
        return
        [
            .. paths.SelectMany(p =>
                p.Value.EnumerateObject()
                    .Where(o => o.Name is "get" or "post" or "put" or "patch" or "delete")
                    .Select(o => $"{o.Name.ToUpperInvariant()} {p.Name["/api/v1".Length..]}")
            ),
        ];
    }

    private static Dictionary<string, string> Table() =>
        Writes
            .Split('\n')
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .SelectMany(line => line[1].Split(", ").Select(call => (Call: call, Roles: line[0])))
            .ToDictionary(row => row.Call, row => row.Roles, StringComparer.Ordinal);

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Names();
}
