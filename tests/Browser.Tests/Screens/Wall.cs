using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;

namespace Manufactura.Browser.Tests.Screens;

/// <summary>A wall screen in a browser, opened with a key of its own.</summary>
internal static class Wall
{
    /// <summary>The text of a new key of role Screen.</summary>
    public static async Task<string> KeyAsync(HttpClient admin)
    {
        var answer = await admin.PostAsJsonAsync("/api/v1/admin/api-keys", new { name = "Muro", role = "Screen" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    public static async Task OpenAsync(IPage page, string key, string name = "planta")
    {
        await page.GotoAsync($"screen/{name}?key={key}");
        Assert.DoesNotContain("key", page.Url, StringComparison.Ordinal);
        await LiveAsync(page);
    }

    /// <summary>Waits until every panel is fresh.</summary>
    public static async Task<double> LiveAsync(IPage page, float timeoutMs = 30_000) =>
        await WaitAsync(
            page,
            "() => document.querySelectorAll('.panel h2 em:not(:empty)').length > 2 && !document.querySelector('.panel.stale')",
            timeoutMs
        );

    /// <summary>Waits until every panel is struck through.</summary>
    public static async Task<double> StaleAsync(IPage page, float timeoutMs = 30_000) =>
        await WaitAsync(
            page,
            "() => document.querySelectorAll('.panel.stale').length === document.querySelectorAll('.panel').length",
            timeoutMs
        );

    /// <summary>An alert raised behind the plant's back, with the event that tells of it.</summary>
    public static string RaiseSql(string subject, string es, string severity = "warning") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            with a as (
                insert into alert (condition, kind, severity, subject, role, state, text_es, text_en, raised_at)
                values ('low-stock:{subject}', 'low-stock', '{severity}', '{subject}', 'Supervisor', 'active', '{es}', '{es}', now())
                returning id, version, alert
            )
            insert into event (type, subject, version, actor, data)
            select 'alert-raised', 'alert:' || id, version, 'system', alert_json(alert) from a
            """
        );

    /// <summary>Ends that alert in the same way.</summary>
    public static string ClearSql(string subject) =>
        $"""
            with a as (
                update alert set state = 'cleared', cleared_at = now(), version = version + 1
                where condition = 'low-stock:{subject}' and state <> 'cleared'
                returning id, version, alert
            )
            insert into event (type, subject, version, actor, data)
            select 'alert-changed', 'alert:' || id, version, 'system', alert_json(alert) from a
            """;

    private static async Task<double> WaitAsync(IPage page, string condition, float timeoutMs)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await page.WaitForFunctionAsync(condition, null, new() { Timeout = timeoutMs, PollingInterval = 50 });
        return watch.Elapsed.TotalSeconds;
    }
}

/// <summary>The test's database server, stopped and let run again as a whole.</summary>
internal static class DatabaseServer
{
    public static void Pause() => Signal("STOP");

    public static void Resume() => Signal("CONT");

    private static void Signal(string signal)
    {
        var cluster = Path.Combine(Path.GetTempPath(), $"manufactura-test-{Environment.ProcessId}", "postgres", "cluster");
        var parent = File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First();
        var children = File.ReadAllText($"/proc/{parent}/task/{parent}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var process = System.Diagnostics.Process.Start("kill", [$"-{signal}", parent, .. children]);
        process.WaitForExit();
    }
}
