select line, material from line_compatibility
