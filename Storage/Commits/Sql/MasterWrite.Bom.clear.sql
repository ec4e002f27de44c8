delete from bom_line where bom = any ($1::text[]) and cardinality($2::int[]) + cardinality($3::jsonb[]) > 0;
