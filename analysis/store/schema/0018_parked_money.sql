-- Parked money: cash set aside out of a deposit that cannot be posted as it is. Suspense (nobody knows whose it is), unapplied
-- (the payer, customer or patient is known, the account or claim is not), wrong home (another practice's, to be sent on).
-- Every move and every step of sending money on is a row more; what holds is in the views parked_lots and money_places.

-- One row per move or step. version counts those of one deposit, so that of two who saw the same only one is first.
-- park makes a lot: amount of a deposit in a place, out of from_lot_id or, where that is null, out of what nobody posted or set
-- aside; the place unposted gives it back. approve, withdraw and send are steps of a lot in the wrong home. Who, when, why and
-- from which day stands among the decisions (subject_type parked_money). known_name may be a patient's.
create table parked_event (
    decision_id bigint primary key,
    bank_transaction_id bigint not null,
    version integer not null,
    action varchar not null check (action in ('park', 'approve', 'withdraw', 'send')),
    lot_id bigint not null,
    place varchar check (place in ('suspense', 'unapplied', 'wrong_home', 'unposted')),
    from_lot_id bigint,
    amount decimal(18, 2) check (amount > 0),
    known_as varchar check (known_as in ('payer', 'customer', 'patient', 'practice')),
    known_name varchar,
    owner varchar,
    method varchar check (method in ('cheque', 'ach', 'wire', 'book_transfer', 'remittance_returned')),
    reference varchar,
    on_date date,
    proof_sha256 varchar,
    unique (bank_transaction_id, version),
    check ((action = 'park') = (place is not null and amount is not null)),
    check (action <> 'send' or (method is not null and reference is not null and on_date is not null))
);

-- One row per file kept as proof of a transfer.
create table kept_proof (
    sha256 varchar primary key,
    file_name varchar not null,
    content blob not null
);

-- Tracing: what was tried to find out whose a deposit is, step by step, and what that found. sought is JSON of what was asked
-- for and may name a patient: it is shown with the deposit and nowhere else. outcome says what came of it.
create table trace_try (
    decision_id bigint primary key,
    bank_transaction_id bigint not null,
    step varchar not null,
    sought varchar not null,
    outcome varchar not null check (outcome in ('found', 'near_only', 'nothing', 'not_tried')),
    candidate_count integer not null,
    note varchar
);

-- One row per field of a candidate that a try found: whether it agrees exactly, nearly or not, and where both sides stand.
-- own_file_id and own_place are null where a person typed what was sought, off the cheque or the phone.
create table trace_evidence (
    decision_id bigint not null,
    rank integer not null,
    kind varchar not null,
    row_id varchar not null,
    score integer not null,
    field varchar not null,
    fit varchar not null check (fit in ('exact', 'near', 'not')),
    how varchar not null,
    file_id bigint,
    place integer,
    own_file_id bigint,
    own_place integer,
    primary key (decision_id, rank, field)
);

-- Candidates that a person looked at and ruled out for a deposit: they are not offered for it again.
create table trace_ruled_out (
    decision_id bigint primary key,
    bank_transaction_id bigint not null,
    kind varchar not null,
    row_id varchar not null
);

insert into id_counter values ('parked_lot', 0);
