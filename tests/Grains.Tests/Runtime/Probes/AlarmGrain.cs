using System.Collections.Immutable;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime.Probes;

/// <summary>Has reminders.</summary>
[Alias("test.IAlarmGrain")]
public interface IAlarmGrain : IGrainWithStringKey
{
    [Alias("Set")]
    Task Set(string name, TimeSpan due, TimeSpan period);

    [Alias("Unset")]
    Task Unset(string name);

    [Alias("Names")]
    Task<ImmutableArray<string>> Names();

    [Alias("End")]
    Task End();
}

[GrainType("test.alarm")]
public sealed class AlarmGrain(Diary diary) : Grain, IAlarmGrain, IRemindable
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() != "breaks-once" || diary.Count("breaks-once made") != 2)
            return Task.CompletedTask;
        diary.Write("breaks-once broke");
        throw new ShortException(2);
    }

    public Task Set(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Unset(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    public async Task<ImmutableArray<string>> Names() => [.. (await this.GetReminders()).Select(r => r.ReminderName).Order()];

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == "fails-once" && diary.Count("fails-once tried") == 1)
        {
            diary.Write("fails-once failed");
            throw new ShortException(1);
        }
        diary.Write($"{reminderName} rang at {status.CurrentTickTime:dd HH:mm}");
        return Task.CompletedTask;
    }
}
