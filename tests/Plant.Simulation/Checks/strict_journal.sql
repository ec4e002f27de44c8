-- Each production has one entry or one alert, also one that was taken back; entries are of two lines on the day of the production. $1 zone.
with productions as (
    select coalesce(case when o.kind = 'partial' then o.parent end, o.number) as number, count(distinct o.created_at) as times
    from production_order o
    where exists (select from inventory_movement i where i.reference = o.number and i.type = 'PRODUCTION_IN')
    group by 1
),
booked as (
    select number, sum(times) as times
    from (
        select reference as number, count(*) as times from journal_entry group by 1
        union all
        select subject, count(*) from alert where kind = 'journal-failed' group by 1
    ) t
    group by 1
)
select concat(coalesce(p.number, b.number), ' was produced ', coalesce(p.times, 0), ' times and booked ', coalesce(b.times, 0), ' times')
from productions p
full join booked b on b.number = p.number
where coalesce(p.times, 0) <> coalesce(b.times, 0)
union all
select concat(e.number, ' of ', e.reference)
from journal_entry e
join journal_line l on l.entry = e.number
group by e.number, e.reference, e.date, e.created_at
having count(*) <> 2 or sum(l.debit) <= 0 or sum(l.debit) <> sum(l.credit) or e.date <> (e.created_at at time zone $1::text)::date
