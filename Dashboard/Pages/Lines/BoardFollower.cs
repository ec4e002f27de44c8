using System.Collections.Concurrent;
using System.Globalization;
using Manufactura.Dashboard.Live;
using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>
/// Hands a page the events of lines and orders in their order, in portions: while the page works on one, the next gathers.
/// </summary>
public sealed class BoardFollower : ILiveSink, IDisposable
{
    // Beyond this the page reads everything anew: that is cheaper than so many events.
    private const int Most = 2000;

    private readonly LiveFeed feed;
    private readonly Func<IReadOnlyList<PlantEvent>, bool, Task> hear;
    private readonly ConcurrentQueue<PlantEvent> waiting = new();
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;
    private int running;
    private volatile bool missed;
    private volatile bool left;

    /// <param name="hear">Gets the events, or true where some were missed; runs on no particular thread.</param>
    public BoardFollower(LiveFeed feed, Func<IReadOnlyList<PlantEvent>, bool, Task> hear)
    {
        (this.feed, this.hear) = (feed, hear);
        feed.Watch(this, [Topics.Plant]);
    }

    public void Receive(string topic, PlantEvent e)
    {
        if (
            !e.Type.StartsWith("order-", StringComparison.Ordinal)
            && !e.Type.StartsWith("line-", StringComparison.Ordinal)
            && e.Type != "plant-imported"
        )
            return;
        if (waiting.Count >= Most)
            missed = true;
        else
            waiting.Enqueue(e);
        Start();
    }

    public void Missed()
    {
        missed = true;
        Start();
    }

    public void Dispose()
    {
        left = true;
        feed.Leave(this);
    }

    private void Start()
    {
        if (Interlocked.Exchange(ref running, 1) == 0)
            _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        // The feed's thread speaks the machine's language; the page is drawn in its reader's.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        do
        {
            while (!left && (missed || !waiting.IsEmpty))
            {
                var all = missed;
                missed = false;
                var events = new List<PlantEvent>();
                while (waiting.TryDequeue(out var e))
                    events.Add(e);
                try
                {
                    await hear(events, all);
                }
                catch (ObjectDisposedException)
                {
                    // The page went away while it was being told.
                    return;
                }
                catch (Exception) when (!left)
                {
                    // The database was away: what is shown is read anew with the next event.
                    missed = true;
                    break;
                }
            }

            Volatile.Write(ref running, 0);
        } while (!left && !missed && !waiting.IsEmpty && Interlocked.Exchange(ref running, 1) == 0);
    }
}
