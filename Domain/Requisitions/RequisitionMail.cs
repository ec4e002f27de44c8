using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Requisitions;

/// <summary>An e-mail to a supplier; its <paramref name="MessageId"/> never changes, however often it is tried.</summary>
public sealed record Mail(string MessageId, string Recipient, string Subject, string Body);

/// <summary>The e-mail of a requisition, in Spanish: material, quantity, target date.</summary>
public static class RequisitionMail
{
    /// <param name="supplier">One with an address.</param>
    /// <param name="host">The right side of the Message-ID.</param>
    public static Mail Write(Requisition requisition, Supplier supplier, Func<string, Material> materialOf, string host)
    {
        var lines = requisition.Lines.Select(l =>
        {
            var material = materialOf(l.Material);
            var date = l.TargetDate is { } target ? $", para el {target.Es()}" : "";
            return $"- {material.Name} ({material.Code}): {l.Quantity.Es()} {material.Unit}{date}";
        });
        return new Mail(
            $"<{requisition.Number}@{host}>",
            supplier.Email ?? throw new ArgumentException("The supplier has no address.", nameof(supplier)),
            $"Requisición {requisition.Number}",
            $"Señores {supplier.Name}:\n\nSolicitamos el suministro de:\n\n{string.Join('\n', lines)}\n\n"
                + $"Referencia: {requisition.Number}. Por favor confirmen la entrega respondiendo a este correo.\n"
        );
    }
}
