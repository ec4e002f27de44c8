using static Manufactura.Storage.Import.PlantDocuments;
using static Manufactura.Storage.Import.PlantTables;

namespace Manufactura.Storage.Import;

/// <summary>The documents of stock, purchasing and accounting.</summary>
internal static class PlantStock
{
    public static IReadOnlyList<TableSpec> All(string[] movements) =>
        [
            Document(
                "requisitions",
                "requisition t",
                "t.id",
                ["number"],
                Key("number"),
                Ref("supplier", "suppliers"),
                Need(Word("status", "AwaitingApproval", "Open", "Confirmed", "Received", "Cancelled")),
                Word("mail", "queued", "sent", "failed", "held"),
                Ref("salesOrder", "sales_orders"),
                Ref("order", "orders") with
                {
                    Sql = "t.production_order",
                },
                Text("createdBy"),
                Instant("createdAt")
            ),
            Document(
                "requisition_lines",
                "requisition_line t join requisition r on r.number = t.requisition",
                "r.id, t.position",
                ["requisition", "position"],
                Need(Part("requisition", "requisitions")),
                Need(Int("position")),
                Need(Ref("material", "materials")),
                Need(Quantity("quantity", Sign.Positive)),
                Date("targetDate")
            ),
            Document(
                "lots",
                "lot t",
                "t.received_at, t.code",
                ["code"],
                Key(),
                Need(Ref("material", "materials")),
                Need(Word("status", "Quarantine", "Available", "Rejected", "Depleted", "Expired")),
                Need(Quantity("quantity", Sign.NotNegative)),
                Quantity("onHand", Sign.NotNegative),
                Quantity("reserved", Sign.NotNegative),
                Date("expiresOn"),
                Ref("supplier", "suppliers"),
                Text("supplierLot"),
                Need(Ref("location", "locations")),
                new("attributes", ColumnKind.Attributes),
                Bool("bulk"),
                Ref("order", "orders") with
                {
                    Sql = "t.production_order",
                },
                Ref("requisition", "requisitions"),
                Instant("receivedAt")
            ),
            Document(
                "inspections",
                "lot_inspection t",
                "t.id",
                [],
                Need(Part("lot", "lots")),
                Need(Word("decision", "release", "reject", "keep")),
                Text("result"),
                Text("note"),
                Text("by"),
                Instant("at")
            ),
            Document(
                "allocations",
                "allocation t",
                "t.id",
                [],
                Need(Ref("order", "orders")) with
                {
                    Sql = "t.production_order",
                },
                Need(Part("lot", "lots")),
                Ref("material", "materials"),
                Need(Quantity("quantity", Sign.Positive)),
                Need(Word("state", "Reserved", "Consumed", "Released")),
                Text("by"),
                Instant("at"),
                Instant("settledAt")
            ),
            Document(
                "movements",
                "inventory_movement t",
                "t.id",
                [],
                Need(Word("type", movements)),
                Ref("material", "materials"),
                Need(Part("lot", "lots")),
                Ref("location", "locations"),
                Need(Quantity("quantity", Sign.NotZero)),
                Text("reference"),
                Text("reason"),
                Bool("withdrawn"),
                Text("by"),
                Instant("at"),
                Amount("unitCost")
            ),
            Document(
                "journal_entries",
                "journal_entry t",
                "t.id",
                ["number"],
                Key("number"),
                Need(Date("date")),
                Need(Text("description")),
                Need(Text("reference")),
                Text("createdBy"),
                Instant("createdAt")
            ),
            Document(
                "journal_lines",
                "journal_line t join journal_entry e on e.number = t.entry",
                "e.id, t.position",
                ["entry", "position"],
                Need(Part("entry", "journal_entries")),
                Need(Int("position")),
                Need(Ref("account", "accounts")),
                Amount("debit"),
                Amount("credit")
            ),
        ];
}
