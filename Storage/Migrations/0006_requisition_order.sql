-- The requisitions of one production order, as its page and its next requisition ask for them.
create index requisition_production_order on requisition (production_order) where production_order is not null;
create index lot_requisition on lot (requisition) where requisition is not null;
