-- Service lines whose charge less their adjustments is not what was paid, or that lack either amount (balance I1).
--
-- grain:   one row per service line out of balance
-- key:     file_id, place
-- params:  first_file_id (integer), last_file_id (integer): the files asked about, both included
-- example: first_file_id=1, last_file_id=1000000
-- units:   US dollars; difference_amount = charge − adjustments − paid
with adjusted as (
    select
        service_payment_id,
        sum(amount)::decimal(18, 2) as adjustment_amount
    from claim_adjustment
    where service_payment_id is not null
        and file_id between $first_file_id and $last_file_id
    group by service_payment_id
)
select
    line.file_id,
    line.place,
    line.charge_amount,
    coalesce(adjusted.adjustment_amount, 0)::decimal(18, 2) as adjustment_amount,
    line.paid_amount,
    (
        coalesce(line.charge_amount, 0) - coalesce(adjusted.adjustment_amount, 0) - coalesce(line.paid_amount, 0)
    )::decimal(18, 2) as difference_amount
from service_payment as line
left join adjusted on line.service_payment_id = adjusted.service_payment_id
where line.file_id between $first_file_id and $last_file_id
    and (
        line.charge_amount is null
        or line.paid_amount is null
        or line.charge_amount - coalesce(adjusted.adjustment_amount, 0) <> line.paid_amount
    )
order by line.file_id, line.place
