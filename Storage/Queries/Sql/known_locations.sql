select code, is_default, active from location where code = any ($1) or is_default
