insert into requisition_line (requisition, position, material, quantity, target_date)
select requisition, position, material, quantity, "targetDate" from import_requisition_lines order by source_line
