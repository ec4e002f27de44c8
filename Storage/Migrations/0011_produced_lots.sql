-- Every order is read with the lots it produced.
create index lot_produced on lot (production_order, code) where production_order is not null;
