using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Manufactura.Dashboard.Access;

/// <summary>Asks again, while a page stays open, whether its user may still be there.</summary>
public sealed class CircuitAccess(ILoggerFactory loggers, AccessCheck access)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => access.IsGoodAsync(authenticationState.User, cancellationToken);
}
