select code, status, on_hand, reserved, expires_on, version, location from lot where code = any ($1::text[]);
