-- Rejected claims: what people did with a claim of a remittance that could not be posted.

-- One row per step. version counts those of one claim. assign names the account that it belongs to; post says that it was posted
-- by hand, under which reference and on which day; send that it went to another home, whose, with the reference of it; approve is
-- the second person's where money goes with it; reopen makes it open again. Who, when, why and from which day stands among the
-- decisions (subject_type rejected_claim).
create table rejected_claim_step (
    decision_id bigint primary key,
    claim_payment_id bigint not null,
    version integer not null,
    step varchar not null check (step in ('assign', 'post', 'send', 'approve', 'reopen')),
    account_number varchar,
    home_name varchar,
    reference varchar,
    on_date date,
    unique (claim_payment_id, version),
    check (step <> 'assign' or account_number is not null),
    check (step <> 'post' or (reference is not null and on_date is not null)),
    check (step <> 'send' or (home_name is not null and reference is not null and on_date is not null))
);
