select number from production_order
where status = 'InProgress' and matrix_state = 'progress'
order by updated_at desc
limit 1
