select key, value from plant_setting where key like $1
