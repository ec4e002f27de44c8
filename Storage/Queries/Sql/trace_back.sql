-- From a lot to the order that made it, from there to the lots it used up; from a transferred part to the lot it was taken from.
with recursive links as (
    select next.source, next.target, next.quantity, next.kind
    from (select @code::text as code) start
    cross join lateral (
/*include trace_back_step*/
    ) next
/*include trace_back_rest*/
