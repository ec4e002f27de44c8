using Manufactura.Dashboard.Texts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Access;

/// <summary>Identity's refusals in the reader's language.</summary>
public sealed class IdentityTexts(IStringLocalizer<AccessTexts> texts) : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), length);

    /// <inheritdoc/>
    public override IdentityError PasswordRequiresNonAlphanumeric() => Error(nameof(PasswordRequiresNonAlphanumeric));

    /// <inheritdoc/>
    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit));

    /// <inheritdoc/>
    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower));

    /// <inheritdoc/>
    public override IdentityError PasswordRequiresUpper() => Error(nameof(PasswordRequiresUpper));

    /// <inheritdoc/>
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), userName);

    /// <inheritdoc/>
    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), userName ?? "");

    /// <inheritdoc/>
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure));

    private IdentityError Error(string code, params object[] values) => new() { Code = code, Description = texts[code, values] };
}
