select key, value, version from plant_setting where key like $1
