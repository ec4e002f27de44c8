-- One row per alert that stands; its condition ends with the production: the order, or the first partial order of an explosion.
select a.id, a.subject, substring(a.condition from length('journal-failed:' || a.subject) + 2), o.material, m.name, a.text_es, a.text_en,
    a.raised_at, a.version, p.finished_at, o.quantity, m.unit
from alert a
join production_order o on o.number = a.subject
join material m on m.code = o.material
left join production_order p on p.number = substring(a.condition from length('journal-failed:' || a.subject) + 2)
where a.state <> 'cleared' and a.kind = 'journal-failed'
/*?order*/ and a.subject = @order
/*?after*/ and a.id < @after
order by a.id desc
limit @limit
