insert into commit_lane (lane)
values ($1::uuid)
on conflict (lane) do update set epoch = commit_lane.epoch + 1, at = now()
returning epoch, batch;
