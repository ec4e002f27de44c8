select lane_turn($1::uuid, $2::int, $3::bigint);
