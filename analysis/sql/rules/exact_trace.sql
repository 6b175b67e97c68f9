-- Deposits and remittances with the same trace or cheque number and the same amount.
--
-- grain:   one row per deposit and remittance that agree
-- key:     left_fact_id, right_fact_id
-- params:  payer_must_agree (boolean): only where the bank names the payer's id; shortest_of_another (integer): characters
--          that the trace must have where the bank names another sender, or gives it as its own reference and names none; days_before (integer),
--          days_after (integer): bank business days from the payment date to the deposit;
--          cheque_days_after (integer): the same for cheques, which travel by mail
-- example: payer_must_agree=true, shortest_of_another=8, days_before=10, days_after=10, cheque_days_after=130
-- units:   US dollars not yet linked
-- note:    the order of joins is given: left to itself, DuckDB may join on the amount alone and take several times as long.
with traced as materialized (
    select
        trace.trace_key,
        trace.found_in,
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on,
        deposit.posted_number,
        deposit.company_key
    from open_traces as trace
    inner join open_deposits as deposit on trace.bank_transaction_id = deposit.bank_transaction_id
)

select
    deposit.fact_id as left_fact_id,
    deposit.open_amount as left_amount,
    advice.fact_id as right_fact_id,
    advice.open_amount as right_amount,
    greatest(deposit.known_on, advice.known_on) as known_on,
    case
        when advice.payment_method = 'CHK' then 'cheque number '
        else 'trace '
    end || advice.trace_number || ' and amount agree'
    || case
        when deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then ', and so does the payer'
        when deposit.company_key is null then ''
        else '; the bank names another sender than the payer'
    end as explanation,
    case when advice.payment_method = 'CHK' then 'cheque number' else 'trace' end || '; amount'
    || case
        when deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then '; payer'
        else ''
    end as agrees,
    case
        when deposit.company_key is null
            or deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then null
        else 'payer'
    end as differs
from traced as deposit
inner join open_remittances as advice
    on deposit.trace_key = advice.trace_key and deposit.open_amount = advice.open_amount
where deposit.posted_number - advice.payment_number between -$days_before
    and case when advice.payment_method = 'CHK' then $cheque_days_after else $days_after end
    and case
        when deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then true
        when $payer_must_agree then false
        when deposit.found_in = 'bank_reference'
            then length(deposit.trace_key) >= $shortest_of_another and (deposit.company_key is null or $shortest_of_another = 0)
        else deposit.company_key is null or length(deposit.trace_key) >= $shortest_of_another
    end
