delete from commit_lane where at < now() - interval '7 days' and lane <> $1::uuid;
