using System.Runtime.CompilerServices;
using Manufactura.Storage.Feeds;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Manufactura.Dashboard.Live;

/// <summary>The messages to clients; one event is serialized once per topic however many clients watch it.</summary>
internal static class HubMessages
{
    private static readonly ConditionalWeakTable<PlantEvent, Dictionary<string, SerializedHubMessage>> Made = [];

    public static SerializedHubMessage Event(string topic, PlantEvent e)
    {
        var byTopic = Made.GetValue(e, static _ => []);
        lock (byTopic)
        {
            if (!byTopic.TryGetValue(topic, out var message))
                byTopic[topic] = message = Of("Event", e.Id, topic, e.Type, e.Data);

            return message;
        }
    }

    public static SerializedHubMessage Resync(string topic) => Of("Resync", topic);

    public static SerializedHubMessage Of(string method, params object?[] arguments) =>
        new(new InvocationMessage(method, arguments));
}
