-- An alert stands exactly while its condition does. $1 today.
with due as (
    select 'low-stock:' || m.code as condition
    from material m
    left join lot l on l.material = m.code and l.status = 'Available' and (l.expires_on is null or l.expires_on > $1::date)
    where m.min_stock is not null
    group by m.code, m.min_stock
    having coalesce(sum(l.on_hand - l.reserved), 0) < m.min_stock
    union all
    select 'order-waiting:' || number from production_order where awaits_materials and status in ('Draft', 'Planned', 'InProgress')
    union all
    select 'requisition-threshold:' || number from requisition where status = 'AwaitingApproval'
    union all
    select 'requisition-held:' || number from requisition where status = 'Open' and mail = 'held'
),
standing as (
    select condition from alert where state <> 'cleared' and kind in ('low-stock', 'order-waiting', 'requisition-threshold', 'requisition-held')
)
select concat('no alert stands for ', condition) from due where condition not in (select condition from standing)
union all
select concat('an alert stands for ', condition) from standing where condition not in (select condition from due)
