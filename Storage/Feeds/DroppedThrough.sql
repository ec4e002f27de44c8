select dropped_through from event_retention;
