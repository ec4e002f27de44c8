using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Manufactura.Silo.Watching;

/// <summary>
/// Collects the process's instruments (our own, ASP.NET's, the runtime's, Npgsql's) and writes them in Prometheus' text format.
/// Histograms become <c>_count</c>, <c>_sum</c> and buckets.
/// </summary>
public sealed class MetricsText : IDisposable
{
    // Seconds; the framework's durations are in seconds. Instruments that advise their own boundaries keep those.
    private static readonly double[] DefaultBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // Tags come from requests too: beyond this a family takes no more rows, so that nobody can fill the memory.
    private const int MostRowsPerFamily = 500;

    private static readonly string[] Prefixes = ["Manufactura", "Microsoft.AspNetCore", "System.Runtime", "Npgsql", "Orleans"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();

    /// <summary>Starts to listen.</summary>
    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Prefixes.Any(p => instrument.Meter.Name.StartsWith(p, StringComparison.Ordinal)))
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, i => new Family(i)));
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Take(state, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything as of now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var families in _families.Values.GroupBy(f => f.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            families.First().WriteHead(text);
            foreach (var family in families)
                family.WriteRows(text);
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Take(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((Family)state!).Take(value, tags);

    private enum Kind
    {
        Counter,
        Gauge,
        Histogram,
    }

    private sealed class Row(int buckets)
    {
        public double Value;
        public long Count;
        public readonly long[] Buckets = new long[buckets];
    }

    private sealed class Family(Instrument instrument)
    {
        private readonly ConcurrentDictionary<string, Row> _rows = new(StringComparer.Ordinal);
        private readonly Kind _kind = KindOf(instrument);
        private readonly bool _observed = instrument.IsObservable;
        private readonly double[] _bounds = BoundsOf(instrument);

        public string Name { get; } = NameOf(instrument);

        public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = Labels(tags);
            if (!_rows.TryGetValue(labels, out var row))
            {
                if (_rows.Count >= MostRowsPerFamily)
                    return;
                row = _rows.GetOrAdd(labels, _ => new Row(_bounds.Length));
            }
            lock (row)
            {
                // An observed instrument tells its whole value, a pushed one what is to be added.
                row.Value = _observed || instrument is Gauge<int> or Gauge<long> or Gauge<double> ? value : row.Value + value;
                if (_kind != Kind.Histogram)
                    return;
                row.Count++;
                for (var i = _bounds.Length - 1; i >= 0 && value <= _bounds[i]; i--)
                    row.Buckets[i]++;
            }
        }

        public void WriteHead(StringBuilder text)
        {
            if (instrument.Description is { Length: > 0 } description)
                text.Append("# HELP ")
                    .Append(Name)
                    .Append(' ')
                    .Append(description.Replace("\\", "\\\\").Replace("\n", " "))
                    .Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(_kind.ToString().ToLowerInvariant()).Append('\n');
        }

        public void WriteRows(StringBuilder text)
        {
            foreach (var (labels, row) in _rows.OrderBy(r => r.Key, StringComparer.Ordinal))
                lock (row)
                {
                    if (_kind != Kind.Histogram)
                    {
                        Line(text, Name, labels, row.Value);
                        continue;
                    }
                    for (var i = 0; i < _bounds.Length; i++)
                        Line(text, Name + "_bucket", Join(labels, $"le=\"{Number(_bounds[i])}\""), row.Buckets[i]);
                    Line(text, Name + "_bucket", Join(labels, "le=\"+Inf\""), row.Count);
                    Line(text, Name + "_sum", labels, row.Value);
                    Line(text, Name + "_count", labels, row.Count);
                }
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
                text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(Number(value)).Append('\n');
        }

        private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

        private static Kind KindOf(Instrument instrument)
        {
            var type = instrument.GetType().Name;
            return type.Contains("Histogram", StringComparison.Ordinal) ? Kind.Histogram
                : type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal)
                    ? Kind.Gauge
                : Kind.Counter;
        }

        private static double[] BoundsOf(Instrument instrument) =>
            instrument switch
            {
                Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
                Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
                Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
                _ => DefaultBuckets,
            };

        private static string NameOf(Instrument instrument)
        {
            var unit = instrument.Unit switch
            {
                "s" => "_seconds",
                "ms" => "_milliseconds",
                "By" => "_bytes",
                _ => "",
            };
            var name = Clean(instrument.Name);
            if (!name.EndsWith(unit, StringComparison.Ordinal))
                name += unit;
            return KindOf(instrument) == Kind.Counter && !name.EndsWith("_total", StringComparison.Ordinal)
                ? name + "_total"
                : name;
        }

        private static string Clean(string name) =>
            string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.IsEmpty)
                return "";
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                    text.Append(',');
                var shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                text.Append(Clean(key))
                    .Append("=\"")
                    .Append(shown.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n"))
                    .Append('"');
            }
            return text.ToString();
        }

        private static string Number(double value) =>
            double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
    }
}

/// <summary>The address of the metrics.</summary>
public static class Metrics
{
    /// <summary>Maps <c>/metrics</c>, open like the health checks: it counts requests and time, and names nobody and nothing of the plant.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/metrics",
                (MetricsText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
}
