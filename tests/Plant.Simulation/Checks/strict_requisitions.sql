-- What was received decides the status, one per sale and material but for what is lost later, and a queued mail is in the outbox.
with received as (
    select i.reference, i.material, sum(i.quantity) as quantity
    from inventory_movement i
    where i.type = 'PURCHASE_IN' and not i.withdrawn
    group by 1, 2
),
state as (
    select r.number, r.status, bool_and(coalesce(v.quantity, 0) >= l.quantity) as complete
    from requisition r
    join requisition_line l on l.requisition = r.number
    left join received v on v.reference = r.number and v.material = l.material
    group by r.number, r.status
)
select concat(number, ' is ', status, case when complete then ', complete' else ', incomplete' end)
from state
where (status = 'Received') <> complete and status <> 'Cancelled'
union all
select concat(r.sales_order, ' has ', count(*), ' requisitions of ', l.material)
from requisition r
join requisition_line l on l.requisition = r.number
where r.created_by <> 'system'
group by r.sales_order, l.material
having count(*) > 1
union all
select concat(r.number, ' ', r.status, ' mail ', r.mail, ', outbox ', m.state)
from requisition r
left join outgoing_mail m on m.requisition = r.number
where (r.mail = 'queued') <> (coalesce(m.state, '') = 'queued')
    or (r.status = 'AwaitingApproval' and r.mail <> 'held')
