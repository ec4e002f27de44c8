using System.Globalization;
using System.Text.Json;
using Manufactura.Dashboard.Tests;

namespace Manufactura.Bench.Failover;

/// <summary>
/// One person who works almost without a break and writes down what was acknowledged: plain orders made, started and finished; cells of a matrix
/// edited and exploded; lots received. Every command is sent until it is answered, so at the end exactly what is written here must be there.
/// </summary>
internal sealed class Person(int id, string run, string matrixOrder, Gate gate)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly Random random = new(id);
    private readonly Dictionary<(string X, string Y), decimal> toProduce = [];

    public string MatrixOrder => matrixOrder;

    public string Mark { get; } = string.Create(CultureInfo.InvariantCulture, $"{run}-{id}");

    /// <summary>Orders that were finished.</summary>
    public List<string> Finished { get; } = [];

    /// <summary>Lots that explosions answered.</summary>
    public List<string> Produced { get; } = [];

    /// <summary>Lots that were received.</summary>
    public List<string> Received { get; } = [];

    public int Edits { get; private set; }

    /// <summary>What stands in the matrix by what was acknowledged.</summary>
    public IReadOnlyDictionary<(string X, string Y), decimal> ToProduce => toProduce;

    public async Task WorkAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            // Without it a process that starts has no processor to start on, which is no matter of clusters.
            await Task.Delay(Pause, CancellationToken.None);
            switch (random.Next(8))
            {
                case 0:
                    await FinishOneAsync();
                    break;
                case 1:
                    await ReceiveAsync();
                    break;
                case 2:
                    await ExplodeAsync();
                    break;
                default:
                    await EditAsync();
                    break;
            }
        }
    }

    private async Task FinishOneAsync()
    {
        var body = new
        {
            material = "CMP-BOLJ",
            quantity = 2,
            observations = Mark,
        };
        var number = (await OkAsync(HttpMethod.Post, "orders", body)).Text("number");
        await OkAsync(HttpMethod.Post, $"orders/{number}/start");
        await OkAsync(HttpMethod.Post, $"orders/{number}/finish");
        Finished.Add(number);
    }

    private async Task ReceiveAsync()
    {
        var body = new
        {
            material = "TEL-POP",
            quantity = 1 + random.Next(20),
            supplierLot = Mark,
        };
        Received.Add((await OkAsync(HttpMethod.Post, "lots", body)).Text("code"));
    }

    private async Task EditAsync()
    {
        var at = (ApiOrders.Tones[random.Next(2)], ApiOrders.Sizes[random.Next(3)]);
        var value = random.Next(1, 4);
        var cell = new
        {
            x = at.Item1,
            y = at.Item2,
            toProduce = value,
        };
        await OkAsync(HttpMethod.Patch, $"orders/{matrixOrder}/matrix/cells", new { cells = new[] { cell } });
        toProduce[at] = value;
        Edits++;
    }

    private async Task ExplodeAsync()
    {
        var answer = await gate.SendAsync(
            id,
            HttpMethod.Post,
            $"/api/v1/orders/{matrixOrder}/produce-lots",
            new { backorder = false }
        );
        if (answer.Code == "nothing-to-produce" && toProduce.Values.All(v => v == 0))
            return;
        foreach (var lot in Expect(answer).Body.GetProperty("lots").EnumerateArray())
            Produced.Add(lot.GetString()!);
        foreach (var at in toProduce.Keys)
            toProduce[at] = 0;
    }

    private async Task<Answer> OkAsync(HttpMethod method, string path, object? body = null) =>
        Expect(await gate.SendAsync(id, method, "/api/v1/" + path, body));

    private static Answer Expect(Answer answer) =>
        answer.Ok
            ? answer
            : throw new InvalidOperationException($"An answer that nobody expects: {answer.Status} {answer.Body.GetRawText()}");
}
