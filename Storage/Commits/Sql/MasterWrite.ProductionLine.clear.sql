delete from line_compatibility where line = any ($1::text[]) and cardinality($2::int[]) + cardinality($3::jsonb[]) > 0;
