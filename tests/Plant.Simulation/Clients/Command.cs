using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Manufactura.Grains.Interfaces;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Clients;

/// <summary>What a client was told: the answer as JSON, or the refusal; and what the answer says has come into being.</summary>
internal sealed record Told(string? Json, Problem? Problem, Made Made)
{
    public static readonly Told Nothing = new(null, null, Made.Nothing);

    public bool Accepted => Json is not null;

    public override string ToString() => Problem is null ? "done" : $"refused ({Problem.Code})";
}

/// <summary>Numbers and codes that an answer names as new.</summary>
internal sealed record Made(
    ImmutableArray<string> Orders,
    ImmutableArray<string> Lots,
    ImmutableArray<string> Entries,
    ImmutableArray<string> Requisitions,
    ImmutableArray<string> Sales
)
{
    public static readonly Made Nothing = new([], [], [], [], []);
}

/// <summary>
/// A command as a person gives it: to whom, what, and how it is sent. Sent again it is the same command, with the same key and body.
/// </summary>
internal sealed record Command(string Call, string Body, Func<SimHost, CommandContext, Task<Told>> Send)
{
    /// <summary>Whether a repetition is answered by what was stored, word for word.</summary>
    public bool AnswersTheSame { get; init; } = true;

    public static Command Of<T>(
        string call,
        object body,
        Func<SimHost, CommandContext, Task<Answer<T>>> send,
        Func<T, Made>? made = null
    )
        where T : class =>
        new(
            call,
            MessageJson.Serialize(body),
            async (host, context) =>
            {
                var answer = await send(host, context);
                return answer.Value is { } value
                    ? new(MessageJson.Serialize(value), null, made?.Invoke(value) ?? Made.Nothing)
                    : new(null, answer.Problem, Made.Nothing);
            }
        );

    public CommandContext Context(string actor, string key) =>
        new(actor, Call, key, [.. SHA256.HashData(Encoding.UTF8.GetBytes(Body))]);

    public override string ToString() => $"{Call} {Body}";
}
