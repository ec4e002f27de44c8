using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Reminders: periodic ticks that outlive activations and processes. A tick is due at the first one's time plus whole periods
/// (the grid, kept over restarts, as in Orleans). A tick missed while the process was down fires once, soon after start, and the
/// next is on the grid again: late rather than never, but not as many times as it was missed. Orleans itself waits for the next
/// point of the grid, so a grain that must run on both looks at <see cref="TickStatus"/> or at its own data, not at a count of ticks.
/// </summary>
public static class GrainReminderExtensions
{
    /// <summary>Starts a reminder, or sets the one of that name anew.</summary>
    /// <param name="grain">A grain that is <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Unique within the grain.</param>
    /// <param name="dueTime">Until the first tick; not negative.</param>
    /// <param name="period">Between ticks; at least the runtime's <c>MinimumReminderPeriod</c>.</param>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    /// <exception cref="ArgumentException">Name, due time or period are out of range.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain,
        string reminderName,
        TimeSpan dueTime,
        TimeSpan period
    ) =>
        grain is IRemindable
            ? Service(grain).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException($"{grain.GetType().Name} has no reminders because it is not IRemindable.");

    /// <summary>Ends a reminder. None of its ticks starts after this.</summary>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        Service(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder.ReminderName);

    /// <summary>The grain's reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        Task.FromResult(Service(grain).Of(grain.GrainContext.GrainId).FirstOrDefault(r => r.ReminderName == reminderName));

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        Task.FromResult(Service(grain).Of(grain.GrainContext.GrainId));

    private static ReminderService Service(IGrainBase grain) => Activation.Of(grain).Runtime.Reminders;
}
