using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>Whatever a client sends, the hub answers with a sentence: never an exception, never a closed connection.</summary>
[Collection(Plant.Name)]
public sealed class HubInputTests(PlantApp app)
{
    /// <summary>Values of every kind, as JSON.</summary>
    private static readonly string[] Anything =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.0005",
        "1e30",
        "1e400",
        "123456789012345678901234567890",
        "\"\"",
        "\"NaN\"",
        "\"'; drop table event; --\"",
        "\"<script>alert(1)</script>\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"👖 \\u202e texto\"",
        $"\"{new string('x', 5_000)}\"",
        "[]",
        "{}",
        "[[[[[[[[[[1]]]]]]]]]]",
        "[null]",
        "[\"\"]",
        "[\"order:\"]",
        "[\"order:\\u0000\"]",
        "[\"order:\\ud800\"]",
        "[\"nothing:x\"]",
        "[\"plant\",7]",
    ];

    [Fact]
    public async Task EditCell_answers_a_problem_whatever_stands_in_whichever_argument()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(600);
        await using var hub = await HubAsync("jefe");
        string[] good = [$"\"{order}\"", "\"T-101\"", "\"30\"", "\"toProduce\"", "3", "1"];
        for (var place = 0; place < good.Length; place++)
            foreach (var bad in Anything)
            {
                string[] arguments = [.. good];
                arguments[place] = bad;
                var answer = await hub.InvokeRawAsync("EditCell", $"[{string.Join(',', arguments)}]");
                // A version that is a number may just be another one than the cell's.
                if (answer.TryGetProperty("conflict", out _) && place >= 4)
                    continue;
                if (answer.TryGetProperty("cell", out _) && place == 4 && bad == "0")
                    continue;
                Assert.True(answer.TryGetProperty("problem", out var problem), $"{place} {bad}: {answer}");
                Assert.NotEmpty(problem.GetProperty("title").GetString()!);
                Assert.InRange(problem.GetProperty("status").GetInt32(), 400, 422);
            }

        Assert.All(await jefe.CellsAsync(order), c => Assert.Equal(0, c.GetProperty("toProduce").GetDecimal()));
    }

    [Theory]
    [InlineData("Watch", 2)]
    [InlineData("Unwatch", 1)]
    [InlineData("FocusCell", 3)]
    [InlineData("BlurCell", 1)]
    public async Task The_other_calls_answer_anything_too(string method, int count)
    {
        await using var hub = await HubAsync("jefe");
        string[] good = method is "Watch" or "Unwatch" ? ["[\"order:WO-0001\"]", "null"] : ["\"WO-0001\"", "\"T-101\"", "\"30\""];
        for (var place = 0; place < count; place++)
            foreach (var bad in Anything)
            {
                string[] arguments = [.. good[..count]];
                arguments[place] = bad;
                var answer = await hub.InvokeRawAsync(method, $"[{string.Join(',', arguments)}]");
                Assert.False(
                    answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out _),
                    $"{method} {place} {bad}: {answer}"
                );
            }

        Assert.True((await hub.WatchAsync("plant")).TryGetProperty("lastEventId", out _));
    }

    [Fact]
    public async Task Too_many_topics_are_refused_and_the_connection_stays()
    {
        await using var hub = await HubAsync("jefe");
        var many = Enumerable.Range(0, 501).Select(i => $"lot:{i}").ToArray();
        Assert.True((await hub.InvokeAsync("Watch", many, null)).TryGetProperty("problem", out _));
        Assert.True((await hub.InvokeAsync("Watch", many[..500], null)).TryGetProperty("lastEventId", out _));
        Assert.True((await hub.InvokeAsync("Watch", new[] { "plant" }, null)).TryGetProperty("problem", out _));
    }

    private async Task<HubClient> HubAsync(string user)
    {
        using var client = await app.SignedInAsync(user);
        return await new HubClient().ConnectAsync(app.Address, client.DefaultRequestHeaders.Authorization!.Parameter!);
    }
}
