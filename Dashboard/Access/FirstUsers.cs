using System.Security.Cryptography;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Manufactura.Dashboard.Access;

/// <summary>Makes the first admin, and in a demo plant one user per role, in a database that has no users yet.</summary>
public sealed class FirstUsers(
    UserManager<PlantUser> users,
    IPasswordHasher<PlantUser> hasher,
    AccessDb db,
    PlantSettings settings,
    TimeProvider clock
)
{
    /// <summary>The published password of the demo users.</summary>
    public const string DemoPassword = "manufactura";

    private const string AdminName = "admin";

    private static readonly (string Name, string Display, Role Role)[] Demo =
    [
        (AdminName, "Marta Solano", Role.Admin),
        ("jefe", "Julia Ríos", Role.ProductionManager),
        ("supervisor", "Luis Úbeda", Role.Supervisor),
        ("calidad", "Ana Núñez", Role.QualityInspector),
        ("operario", "Óscar Peña", Role.Operator),
        ("vendedor", "Vera Duarte", Role.Salesperson),
    ];

    /// <summary>Does it, and answers the admin's password if it had to be made up; null otherwise.</summary>
    /// <exception cref="SettingsException">The configured admin password breaks the rules.</exception>
    public async Task<string?> EnsureAsync(CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeTurnAsync(cancel);
        string? madeUp = null;
        if (!await db.Users.AnyAsync(cancel))
        {
            if (settings.Demo)
                foreach (var (name, display, role) in Demo.Where(d => settings.AdminPassword is null || d.Role != Role.Admin))
                    await AddAsync(name, display, role, DemoPassword, demo: true);
            if (settings.AdminPassword is not null)
                await CheckAsync(settings.AdminPassword);
            else if (!settings.Demo)
                madeUp = MakeUp();
            if ((settings.AdminPassword ?? madeUp) is { } password)
                await AddAsync(AdminName, "Administración", Role.Admin, password, demo: false);
        }
        await transaction.CommitAsync(cancel);
        return madeUp;
    }

    private async Task AddAsync(string name, string display, Role role, string password, bool demo)
    {
        var user = new PlantUser
        {
            UserName = name,
            DisplayName = display,
            Demo = demo,
            CreatedAt = clock.GetUtcNow(),
        };
        // Past the password rules on purpose: the demo password is published anyway.
        user.PasswordHash = hasher.HashPassword(user, password);
        Demand(await users.CreateAsync(user));
        Demand(await users.AddToRoleAsync(user, role.ToString()));
    }

    private async Task CheckAsync(string password)
    {
        foreach (var rule in users.PasswordValidators)
            if (await rule.ValidateAsync(users, new PlantUser { UserName = AdminName }, password) is { Succeeded: false } result)
                throw new SettingsException("Plant:AdminPassword", string.Join(" ", result.Errors.Select(e => e.Description)));
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(e => e.Description)));
    }

    // Without letters that read alike, and with one of each sort that the rules ask for.
    private static string MakeUp()
    {
        const string Lower = "abcdefghijkmnpqrstuvwxyz";
        const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        const string Digits = "23456789";
        return string.Concat(
            RandomNumberGenerator.GetString(Lower + Upper + Digits, 14),
            "-",
            RandomNumberGenerator.GetString(Lower, 1),
            RandomNumberGenerator.GetString(Upper, 1),
            RandomNumberGenerator.GetString(Digits, 1)
        );
    }
}
