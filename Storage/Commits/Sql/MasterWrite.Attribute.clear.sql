delete from attribute_value where attribute = any ($1::text[]) and cardinality($2::int[]) + cardinality($3::jsonb[]) > 0;
