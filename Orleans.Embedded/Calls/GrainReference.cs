using System.Reflection;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>What <see cref="IGrainFactory"/> returns. Two references to one grain are equal. Public because proxies derive from it.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private Activation? lastUsed;

    /// <summary>The grain that it stands for.</summary>
    public GrainId GrainId { get; private set; }

    internal EmbeddedRuntime Runtime { get; private set; } = null!;

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => GrainId.ToString();

    internal void Point(EmbeddedRuntime runtime, GrainId id) => (Runtime, GrainId) = (runtime, id);

    internal void Post(Call call)
    {
        if (lastUsed is not { } known || !known.TryPost(call))
            lastUsed = Runtime.Post(GrainId, call);
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        MethodPlan.Of(targetMethod!).Send(this, args ?? []);
}
