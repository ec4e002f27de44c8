using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Manufactura.Dashboard.Access;

/// <summary>A person who signs in.</summary>
public sealed class PlantUser : IdentityUser
{
    /// <summary>The name shown to others, at most 100 characters.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Signs in no more, and whatever session is open ends.</summary>
    public bool Disabled { get; set; }

    /// <summary>Made for the demo plant with the published password; the sign-in page may list it.</summary>
    public bool Demo { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A key for a script or a wall screen. The key itself is not kept, only its SHA-256.</summary>
public sealed class ApiKey
{
    /// <summary>Number.</summary>
    public int Id { get; set; }

    /// <summary>What it is for, 1–100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>The one role it acts with.</summary>
    public required string Role { get; set; }

    /// <summary>The first characters of the key, to recognize it by.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the key, 32 bytes.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>User who made it.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last use, to the minute; null when never used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>User who revoked it.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>When it was revoked; it opens nothing from then on.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>One key of ASP.NET's data protection, as XML.</summary>
public sealed class ProtectionKey
{
    /// <summary>Number.</summary>
    public int Id { get; set; }

    /// <summary>The framework's name for it.</summary>
    public required string Name { get; set; }

    /// <summary>The key element.</summary>
    public required string Xml { get; set; }
}

/// <summary>Users, roles, API keys and data-protection keys, on the tables of migration 0002.</summary>
public sealed class AccessDb(DbContextOptions<AccessDb> options) : IdentityDbContext<PlantUser>(options)
{
    /// <summary>Keys for scripts and screens.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Keys that protect cookies and tokens.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Inside a transaction: waits until no other changes users, on whatever node, and keeps them waiting until it ends.</summary>
    public Task TakeTurnAsync(CancellationToken cancel) =>
        Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(7702)", cancel);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_key");
            key.Property(k => k.Id).HasColumnName("id");
            key.Property(k => k.Name).HasColumnName("name");
            key.Property(k => k.Role).HasColumnName("role");
            key.Property(k => k.Prefix).HasColumnName("prefix");
            key.Property(k => k.Hash).HasColumnName("hash");
            key.Property(k => k.CreatedBy).HasColumnName("created_by");
            key.Property(k => k.CreatedAt).HasColumnName("created_at");
            key.Property(k => k.LastUsedAt).HasColumnName("last_used_at");
            key.Property(k => k.RevokedBy).HasColumnName("revoked_by");
            key.Property(k => k.RevokedAt).HasColumnName("revoked_at");
        });
        builder.Entity<ProtectionKey>(key =>
        {
            key.ToTable("data_protection_key");
            key.Property(k => k.Id).HasColumnName("id");
            key.Property(k => k.Name).HasColumnName("name");
            key.Property(k => k.Xml).HasColumnName("xml");
        });
    }
}
