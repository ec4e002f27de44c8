select line from line_compatibility where material = $1 order by priority, line
