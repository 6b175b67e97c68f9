-- One deposit with its money by place as it stands at this moment.
--
-- grain:   one row, none where the id is no deposit that wants a partner
-- key:     bank_transaction_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   US dollars
select
    bank_transaction_id,
    item_date,
    reference,
    bank_account,
    amount,
    posted_amount,
    unposted_amount,
    suspense_amount,
    unapplied_amount,
    wrong_home_amount,
    sent_amount,
    free_amount,
    overtaken_amount
from deposit_places
where bank_transaction_id = $bank_transaction_id
