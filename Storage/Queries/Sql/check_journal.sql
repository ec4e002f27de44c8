with balance as (
    select e.number
    from journal_entry e
    left join journal_line l on l.entry = e.number
    group by e.number
    having coalesce(sum(l.debit), 0) <> coalesce(sum(l.credit), 0) or count(l.*) = 0
),
-- A production is a finished order, or one explosion: the partial orders that came into being together.
production as (
    select coalesce(case when o.kind = 'partial' then o.parent end, o.number) as number,
        count(distinct case when o.kind = 'partial' then o.created_at end) + count(distinct case when o.kind <> 'partial' then 1 end) as times
    from production_order o
    where o.status = 'Done' and exists (
        select from inventory_movement i where i.reference = o.number and i.type = 'PRODUCTION_OUT' and not i.withdrawn
    )
    group by 1
),
booked as (
    select reference as number, count(*) as times from journal_entry group by reference
),
alerted as (
    select subject as number, count(*) as times from alert where kind = 'journal-failed' and state <> 'cleared' group by subject
)
select number::text from balance
union
select p.number::text
from production p
left join booked b on b.number = p.number
left join alerted a on a.number = p.number
where coalesce(b.times, 0) + coalesce(a.times, 0) < p.times
