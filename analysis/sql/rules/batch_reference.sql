-- Posting batches and the remittances that their lines name by trace or cheque number.
--
-- grain:   one row per batch and remittance
-- key:     left_fact_id, right_fact_id
-- params:  as_of (date): later facts are not yet known
-- example: as_of=2026-11-13
-- units:   US dollars: on the batch's side what was posted under the trace, on the remittance's side its payment
-- note:    a trace that two remittances share is taken for the one whose payment equals what was posted, else for none. The
--          amounts may differ: that is a variance, not a missing match
select
    batch_advice.batch_id as left_fact_id,
    batch_advice.posted_amount as left_amount,
    cast(batch_advice.remittance_id as varchar) as right_fact_id,
    batch_advice.payment_amount as right_amount,
    batch_advice.known_on,
    'the batch names trace ' || batch_advice.trace_number as explanation,
    'trace' || case when batch_advice.posted_amount = batch_advice.payment_amount then '; amount' else '' end as agrees,
    case when batch_advice.posted_amount = batch_advice.payment_amount then null else 'amount' end as differs
from batch_advice
where batch_advice.known_on <= $as_of
    and (
        batch_advice.namesakes = 1
        or (batch_advice.equal_namesakes = 1 and batch_advice.payment_amount = batch_advice.posted_amount)
    )
    and not exists (
        select 1
        from linked_pairs
        where linked_pairs.side = 'batch'
            and linked_pairs.fact_id = batch_advice.batch_id
            and linked_pairs.other_side = 'remittance'
            and linked_pairs.other_fact_id = cast(batch_advice.remittance_id as varchar)
    )
