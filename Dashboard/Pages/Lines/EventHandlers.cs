using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>
/// Events of the board that its script makes of a drag by mouse, pen or finger (<c>lines-drag.js</c>), so that nothing goes to the
/// server before an order is dropped.
/// </summary>
[EventHandler("onlinedrop", typeof(LineDropEventArgs), enableStopPropagation: true, enablePreventDefault: false)]
public static class EventHandlers;

/// <summary>
/// An order was dropped on a line (null: off its line), before another one or at the end; <see cref="From"/> is where it was when it
/// was taken up.
/// </summary>
public sealed class LineDropEventArgs : EventArgs
{
    public string Order { get; set; } = "";
    public string? From { get; set; }
    public string? Line { get; set; }
    public string? Before { get; set; }
}
