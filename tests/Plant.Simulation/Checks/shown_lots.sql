select code, concat(code, '|', status, '|', trim_scale(on_hand), '|', trim_scale(reserved), '|', location, '|', version) from lot
