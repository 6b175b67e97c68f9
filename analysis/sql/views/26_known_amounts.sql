-- Every amount that a person may look for, with the fact it is of: the fact's own, and others that files tell of it.
--
-- grain:   one row per fact and field with an amount
-- key:     what, seed_id, field
-- params:  none
-- units:   US dollars
-- note:    of a service line its claim is the fact; it counts where it is not all that the claim was paid
create or replace view known_amounts as
select what, seed_id, 'amount' as field, amount
from known_facts
where amount is not null
union all
select
    'batch' as what,
    batch_id as seed_id,
    'control_total' as field,
    control_total as amount
from posting_batches
where control_total <> posted_total
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'charge_amount' as field,
    charge_amount as amount
from claim_payments
where charge_amount is not null
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'patient_responsibility' as field,
    patient_responsibility as amount
from claim_payments
where patient_responsibility is not null
union all
select
    'claim' as what,
    cast(line.claim_payment_id as varchar) as seed_id,
    'service_line_' || cast(line.place as varchar) as field,
    line.paid_amount as amount
from service_payments as line
inner join claim_payments as claim on line.claim_payment_id = claim.claim_payment_id
where line.paid_amount <> coalesce(claim.paid_amount, 0)
