select 'lot', l.code, l.material, m.name, l.status, l.quantity
from lot l
join material m on m.code = l.material
where l.code = any (select substr(c, 5) from unnest(@codes) c where c like 'lot:%')
union all
select 'order', o.number, o.material, m.name, o.status, o.produced
from production_order o
join material m on m.code = o.material
where o.number = any (select substr(c, 7) from unnest(@codes) c where c like 'order:%')
order by 1, 2
