using System.Globalization;
using Manufactura.Dashboard.Live;
using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>
/// Tells a page that something it shows has changed. Many events at once are one call, and while a call runs the next one waits, so
/// that a busy plant never queues work for a page.
/// </summary>
public sealed class Follow : ILiveSink, IDisposable
{
    /// <summary>Events that come within this time are told together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly LiveFeed feed;
    private readonly TimeProvider time;
    private readonly Func<Task> changed;
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;
    private int state;
    private volatile bool ended;

    /// <param name="changed">Reads anew and draws; runs on no particular thread.</param>
    public Follow(LiveFeed feed, TimeProvider time, IEnumerable<string> topics, Func<Task> changed)
    {
        (this.feed, this.time, this.changed) = (feed, time, changed);
        feed.Watch(this, topics);
    }

    public void Receive(string topic, PlantEvent e) => Stir();

    public void Missed() => Stir();

    public void Dispose()
    {
        ended = true;
        feed.Leave(this);
    }

    // 0: quiet; 1: a call is due or running; 2: running, and something came since it began.
    private void Stir()
    {
        if (Interlocked.CompareExchange(ref state, 1, 0) == 0)
            _ = Task.Run(RunAsync);
        else
            Interlocked.CompareExchange(ref state, 2, 1);
    }

    private async Task RunAsync()
    {
        do
        {
            await Task.Delay(Pause, time);
            Volatile.Write(ref state, 1);
            if (ended)
                return;
            // The feed's thread speaks the machine's language; the page is drawn in its reader's.
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
            try
            {
                await changed();
            }
            catch (ObjectDisposedException)
            {
                // The page went away while it was being told.
                return;
            }
            catch (Exception) when (!ended)
            {
                // The database is away. What changed is still to be shown: a page that gave up here would stay old in silence.
                Volatile.Write(ref state, 2);
                await Task.Delay(AfterFailure, time);
            }
        } while (Interlocked.CompareExchange(ref state, 0, 1) == 2);
    }
}
