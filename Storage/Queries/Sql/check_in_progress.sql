select number::text from production_order where status = 'InProgress' and coalesce(started_at, updated_at) < @now - interval '7 days'
