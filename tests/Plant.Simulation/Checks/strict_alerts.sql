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
    union all
    select 'line-saturated:' || l.code
    from production_line l
    join production_order o on o.line = l.code and o.status in ('Draft', 'Planned', 'InProgress')
    join material m on m.code = o.material
    group by l.code, l.capacity_kg
    having sum(coalesce(m.unit_weight_kg, 0) * case
        when o.matrix_state = 'pending' or o.matrix_state is null then o.quantity - o.produced - o.moved
        else (select sum(greatest(0, c.planned - c.produced - c.moved)) from matrix_cell c where c.production_order = o.number)
    end) > l.capacity_kg
),
standing as (
    select condition from alert where state <> 'cleared' and kind in ('low-stock', 'order-waiting', 'requisition-threshold', 'requisition-held',
        'line-saturated')
)
select concat('no alert stands for ', condition) from due where condition not in (select condition from standing)
union all
select concat('an alert stands for ', condition) from standing where condition not in (select condition from due)
