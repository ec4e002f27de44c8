using Orleans.Runtime;

namespace Orleans
{
    /// <summary>Anything that grain interfaces have in common.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a string, the only kind of key this runtime knows.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain that has reminders; see <see cref="GrainReminderExtensions"/>.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>
        /// Runs as a request of its own, at least once per tick: a tick whose end was not recorded before a crash comes again.
        /// A tick that throws is logged and tried again.
        /// </summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A grain or a reference to one.</summary>
    public interface IAddressable;

    /// <summary>What a grain may know of its own activation.</summary>
    public interface IGrainContext
    {
        /// <summary>Type and key of the grain.</summary>
        GrainId GrainId { get; }

        /// <summary>The grain object; null before it is made and after its end.</summary>
        object? GrainInstance { get; }

        /// <summary>Services scoped to this activation; disposed at its end.</summary>
        IServiceProvider ActivationServices { get; }

        /// <summary>Ends when the activation has ended. Never await it in the grain itself.</summary>
        Task Deactivated { get; }

        /// <summary>Ends the activation as soon as no request runs; calls that wait go on to a new one.</summary>
        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
    }
}
