-- From a lot to the orders that used it up, from there to the lots they made; to the parts that were taken from it by transfer.
with recursive links as (
    select next.source, next.target, next.quantity, next.kind
    from (select @code::text as code) start
    cross join lateral (
/*include trace_forward_step*/
    ) next
/*include trace_forward_rest*/
