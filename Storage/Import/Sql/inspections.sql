insert into lot_inspection (lot, decision, result, note, by, at)
select i.lot, i.decision, i.result, i.note, coalesce(i.by, r.actor), coalesce(i.at, r.now)
from import_inspections i cross join import_run r order by source_line
