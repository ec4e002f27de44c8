namespace Manufactura.Dashboard.Tests.Crash;

/// <summary>What a crash could leave behind, counted straight in the tables.</summary>
internal static class CrashSql
{
    public static readonly (string What, string Sql)[] Violations =
    [
        (
            "A produced cell is not the sum of its lots",
            """
            select count(*) from matrix_cell c
            join production_order o on o.number = c.production_order and o.created_at > now() - interval '1 hour'
            left join (
                select p.parent, l.attributes ->> m.x_attribute as x, l.attributes ->> m.y_attribute as y, sum(l.quantity) as quantity
                from lot l join production_order p on p.number = l.production_order join material m on m.code = l.material
                where p.kind = 'partial' group by 1, 2, 3
            ) made on made.parent = o.number and made.x = c.x and made.y = c.y
            where c.produced <> coalesce(made.quantity, 0)
            """
        ),
        (
            "A partial order without exactly one PRODUCTION_IN",
            """
            select count(*) from production_order p
            where p.kind = 'partial' and p.created_at > now() - interval '1 hour'
                and (select count(*) from inventory_movement i where i.reference = p.number and i.type = 'PRODUCTION_IN') <> 1
            """
        ),
        (
            "An explosion without its one event or entry",
            """
            select count(*) from (
                select p.parent, p.created_at from production_order p
                where p.kind = 'partial' and p.created_at > now() - interval '1 hour' group by 1, 2
            ) x
            where (select count(*) from event e where e.subject = 'order:' || x.parent and e.type = 'lots-produced'
                    and e.version is not null) <> (select count(distinct q.created_at) from production_order q where q.parent = x.parent and q.kind = 'partial')
                or (select count(*) from journal_entry j where j.reference = x.parent)
                    + (select count(*) from alert a where a.condition like '%' || x.parent || '%') = 0
            """
        ),
        (
            "A lot twice in the answers of different commands",
            """
            select count(*) from (
                select l from command c cross join lateral jsonb_array_elements_text(c.answer::jsonb -> 'lots') l
                where c.call like '%produce-lots' group by l having count(*) > 1
            ) twice
            """
        ),
    ];
}
