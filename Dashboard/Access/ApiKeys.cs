using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Manufactura.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Manufactura.Dashboard.Access;

/// <summary>Creates, finds and revokes API keys. A revoked key opens nothing on this node from that moment, on others within <see cref="Fresh"/>.</summary>
public sealed class ApiKeys(IDbContextFactory<AccessDb> databases, TimeProvider clock)
{
    /// <summary>What every key begins with, so that one is recognized wherever a token may stand.</summary>
    public const string Mark = "mk_";

    /// <summary>The scheme's name, and the claim that carries a key's number.</summary>
    public const string Scheme = "ApiKey";

    /// <summary>How long an answer about a key is used without asking the database again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Letters and digits only: a double click takes the whole key, and no address or shell changes it.
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset At)> _known = new();

    /// <summary>Makes a key; the text is returned this once and cannot be had again.</summary>
    public async Task<(ApiKey Key, string Text)> CreateAsync(string name, Role role, string by, CancellationToken cancel)
    {
        var text = Mark + RandomNumberGenerator.GetString(Letters, 40);
        var key = new ApiKey
        {
            Name = name,
            Role = role.ToString(),
            Prefix = text[..8],
            Hash = Hash(text),
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        return (key, text);
    }

    /// <summary>All keys, newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.Id).ToListAsync(cancel);
    }

    /// <summary>Revokes a key. False when there is none with that number, or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(int id, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var revoked = await db
            .ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now).SetProperty(k => k.RevokedBy, by), cancel);
        _known.Clear();
        return revoked > 0;
    }

    /// <summary>The key behind a text, or null when it opens nothing.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancel)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Length > 100)
            return null;
        var hash = Hash(text);
        return await FindAsync(Convert.ToHexString(hash), key => key.Hash == hash, cancel);
    }

    /// <summary>Whether the key with this number still opens anything.</summary>
    public async Task<bool> IsOpenAsync(int id, CancellationToken cancel) =>
        await FindAsync($"#{id}", key => key.Id == id, cancel) is not null;

    /// <summary>The principal of a key, signed in under <paramref name="scheme"/>.</summary>
    public static ClaimsPrincipal Principal(ApiKey key, string scheme) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.Name, $"key:{key.Name}"),
                    new Claim(CurrentUser.DisplayNameClaim, key.Name),
                    new Claim(ClaimTypes.Role, key.Role),
                    new Claim(Scheme, key.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ],
                scheme
            )
        );

    private async Task<ApiKey?> FindAsync(
        string cacheKey,
        System.Linq.Expressions.Expression<Func<ApiKey, bool>> which,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(cacheKey, out var known) && now - known.At < Fresh)
            return known.Key;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var key = await db.ApiKeys.AsNoTracking().Where(which).FirstOrDefaultAsync(k => k.RevokedAt == null, cancel);
        if (key is null)
        {
            _known.TryRemove(cacheKey, out _);
            return null;
        }
        if (key.LastUsedAt is null || now - key.LastUsedAt > TimeSpan.FromMinutes(1))
            await db
                .ApiKeys.Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
        _known[cacheKey] = (key, now);
        return key;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
