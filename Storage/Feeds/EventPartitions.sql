select event_partitions();
