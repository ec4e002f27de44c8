using Manufactura.Dashboard.Texts;
using Manufactura.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Access;

/// <summary>A user as the admin page lists it.</summary>
public sealed record UserRow(
    string Id,
    string Name,
    string DisplayName,
    IReadOnlyList<Role> Roles,
    bool Disabled,
    DateTimeOffset CreatedAt
);

/// <summary>
/// What an admin does with users. Every method answers null when done, or the sentence that says why not. A change ends the
/// user's open sessions: here at once, on other nodes within <see cref="ApiKeys.Fresh"/>.
/// </summary>
public sealed class UserAdmin(
    IServiceScopeFactory scopes,
    IDbContextFactory<AccessDb> databases,
    AccessCheck access,
    TimeProvider clock,
    IStringLocalizer<AccessTexts> texts
)
{
    /// <summary>All users by name.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var roles = (await db.UserRoles.AsNoTracking().ToListAsync(cancel)).ToLookup(r => r.UserId, r => r.RoleId);
        var users = await db.Users.AsNoTracking().OrderBy(u => u.NormalizedUserName).ToListAsync(cancel);
        return
        [
            .. users.Select(u => new UserRow(
                u.Id,
                u.UserName!,
                u.DisplayName,
                [.. roles[u.Id].Select(Enum.Parse<Role>).Order()],
                u.Disabled,
                u.CreatedAt
            )),
        ];
    }

    /// <summary>Makes a user with at least one role.</summary>
    public Task<string?> CreateAsync(string name, string displayName, IReadOnlyCollection<Role> roles, string password) =>
        WithManager(async users =>
        {
            if (roles.Count == 0)
                return texts["NoRole"];
            var shown = string.IsNullOrWhiteSpace(displayName) ? name : displayName;
            var user = new PlantUser
            {
                UserName = name.Trim(),
                DisplayName = shown.Trim(),
                CreatedAt = clock.GetUtcNow(),
            };
            return Sentence(await users.CreateAsync(user, password))
                ?? Sentence(await users.AddToRolesAsync(user, roles.Select(r => r.ToString())));
        });

    /// <summary>Replaces the name shown and the roles.</summary>
    public Task<string?> ChangeAsync(string id, string displayName, IReadOnlyCollection<Role> roles) =>
        WithUser(
            id,
            async (users, user) =>
            {
                if (roles.Count == 0)
                    return texts["NoRole"];
                if (!roles.Contains(Role.Admin) && await IsLastAdminAsync(users, user))
                    return texts["LastAdmin"];
                var before = await users.GetRolesAsync(user);
                var after = roles.Select(r => r.ToString()).ToList();
                user.DisplayName = string.IsNullOrWhiteSpace(displayName) ? user.UserName! : displayName.Trim();
                return Sentence(await users.RemoveFromRolesAsync(user, before.Except(after)))
                    ?? Sentence(await users.AddToRolesAsync(user, after.Except(before)))
                    ?? Sentence(await users.UpdateSecurityStampAsync(user));
            }
        );

    /// <summary>Disables or enables a user.</summary>
    public Task<string?> SetDisabledAsync(string id, bool disabled) =>
        WithUser(
            id,
            async (users, user) =>
            {
                if (disabled && await IsLastAdminAsync(users, user))
                    return texts["LastAdmin"];
                user.Disabled = disabled;
                return Sentence(await users.UpdateSecurityStampAsync(user));
            }
        );

    /// <summary>Sets a new password.</summary>
    public Task<string?> SetPasswordAsync(string id, string password) =>
        WithUser(
            id,
            async (users, user) =>
            {
                foreach (var rule in users.PasswordValidators)
                    if (Sentence(await rule.ValidateAsync(users, user, password)) is { } broken)
                        return broken;
                user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
                user.Demo = false;
                return Sentence(await users.UpdateSecurityStampAsync(user));
            }
        );

    /// <summary>Names of the demo users, for the sign-in page, with their roles.</summary>
    public async Task<IReadOnlyList<UserRow>> DemoUsersAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var demo = await db.Users.Where(u => u.Demo && !u.Disabled).Select(u => u.Id).ToListAsync(cancel);
        return [.. (await ListAsync(cancel)).Where(u => demo.Contains(u.Id)).OrderBy(u => u.Roles[0])];
    }

    private static async Task<bool> IsLastAdminAsync(UserManager<PlantUser> users, PlantUser user)
    {
        var admins = await users.GetUsersInRoleAsync(nameof(Role.Admin));
        return admins.Any(a => a.Id == user.Id) && !admins.Any(a => a.Id != user.Id && !a.Disabled);
    }

    private static string? Sentence(IdentityResult result) =>
        result.Succeeded ? null : string.Join(" ", result.Errors.Select(e => e.Description));

    private async Task<string?> WithUser(string id, Func<UserManager<PlantUser>, PlantUser, Task<string?>> change)
    {
        var refused = await WithManager(async users =>
            await users.FindByIdAsync(id) is { } user ? await change(users, user) : texts["NoSuchUser"]
        );
        access.Forget(id);
        return refused;
    }

    // A circuit lives for hours: each change gets a scope, and with it a database context, of its own. One transaction: all of it
    // or nothing. One at a time: two admins who disable each other at the same moment must not both succeed.
    private async Task<string?> WithManager(Func<UserManager<PlantUser>, Task<string?>> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.TakeTurnAsync(CancellationToken.None);
        var refused = await change(scope.ServiceProvider.GetRequiredService<UserManager<PlantUser>>());
        if (refused is null)
            await transaction.CommitAsync();
        return refused;
    }
}
