-- Keying: cheques and cash keyed by hand, batch by batch, and the deposit slips that take them to the bank.
-- Every change is a row more; what holds is the newest version, in the views keyed_lines, keyed_claims, keyed_batches.

-- One row per version of a batch's header. control_total and control_count: the adding machine's, before anything is keyed.
create table keyed_batch (
    keyed_batch_id bigint not null,
    version integer not null,
    batch_type varchar not null check (batch_type in ('LOCKBOX', 'MANUAL', 'PATIENT')),
    received_date date not null,
    deposit_date date not null,
    bank_account varchar,
    payer_name varchar,
    control_total decimal(18, 2) not null check (control_total > 0),
    control_count integer not null check (control_count > 0),
    keyed_by varchar not null,
    keyed_at timestamp not null,
    primary key (keyed_batch_id, version)
);

-- One row per version of a line: a cheque, or cash. micr_line, written_amount, payee_name and memo as they stand on the cheque.
create table keyed_line (
    keyed_batch_id bigint not null,
    line_number integer not null,
    version integer not null,
    payment_method varchar not null check (payment_method in ('CHECK', 'CASH')),
    amount decimal(18, 2) not null check (amount > 0),
    payer_name varchar,
    account_number varchar,
    routing_number varchar,
    check_account varchar,
    check_number varchar,
    check_date date,
    micr_line varchar,
    written_amount varchar,
    payee_name varchar,
    memo varchar,
    is_void boolean not null,
    keyed_by varchar not null,
    keyed_at timestamp not null,
    primary key (keyed_batch_id, line_number, version)
);

-- One row per version of a line of the paper remittance that came with a cheque.
create table keyed_claim (
    keyed_batch_id bigint not null,
    line_number integer not null,
    claim_number integer not null,
    version integer not null,
    claim_id varchar not null,
    charge_amount decimal(18, 2),
    paid_amount decimal(18, 2) not null,
    patient_responsibility decimal(18, 2),
    payer_claim_control_number varchar,
    is_void boolean not null,
    keyed_by varchar not null,
    keyed_at timestamp not null,
    primary key (keyed_batch_id, line_number, claim_number, version)
);

-- One row per batch that is no longer keyed: closed, its facts stand in files of its name, or discarded. Who, when and why
-- stands among the decisions (subject_type keyed_batch).
create table keyed_end (
    keyed_batch_id bigint primary key,
    decision_id bigint not null,
    ended_as varchar not null check (ended_as in ('closed', 'discarded'))
);

-- One row per deposit slip; its steps (prepare, deposit, void) stand among the decisions (subject_type slip).
create table deposit_slip (
    slip_id bigint primary key,
    slip_number varchar not null unique,
    slip_date date not null,
    bank_account varchar not null,
    lockbox_number varchar,
    cash_amount decimal(18, 2) not null,
    check_amount decimal(18, 2) not null,
    check_count integer not null
);

-- What is on a slip: each receipt with its amount as it was then.
create table deposit_slip_receipt (
    slip_id bigint not null,
    receipt_id varchar not null,
    amount decimal(18, 2) not null,
    primary key (slip_id, receipt_id)
);

-- The cash of a slip, counted: how many of each denomination, US dollars.
create table deposit_slip_cash (
    slip_id bigint not null,
    denomination decimal(18, 2) not null,
    piece_count integer not null check (piece_count > 0),
    primary key (slip_id, denomination)
);

insert into id_counter values ('keyed_batch', 0), ('deposit_slip', 0);
