select b.code::text from bom b where not exists (select from bom_line l where l.bom = b.code)
