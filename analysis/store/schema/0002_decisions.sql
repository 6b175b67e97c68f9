-- Decisions: what rules and people decided, appended and never changed. What holds now is a view over them.

-- One row per run of the matching rules, or per match made by hand.
create table match_run (
    run_id bigint primary key,
    started_at timestamp not null,
    run_by varchar not null,
    as_of_date date not null
);

-- One row per group of facts said to be the same money.
create table match_group (
    match_id bigint primary key,
    run_id bigint not null,
    rule varchar not null,
    status varchar not null check (status in ('confirmed', 'proposed')),
    confidence decimal(5, 2) not null,
    explanation varchar not null
);

-- One row per fact in a group, with the amount of it that the group covers.
create table match_side (
    match_id bigint not null,
    side varchar not null check (side in ('bank', 'remittance', 'batch')),
    fact_id varchar not null,
    amount decimal(18, 2) not null
);

-- One row per thing a person or a rule decided about a match, an item, a refund or a day.
create table decision (
    decision_id bigint primary key,
    decided_at timestamp not null,
    decided_by varchar not null,
    action varchar not null,
    subject_type varchar not null,
    subject_id varchar not null,
    reason varchar
);

-- Numbers for ids that no file gives: one row per kind of id, bumped in the transaction that uses it.
create table id_counter (
    counter_name varchar primary key,
    last_id bigint not null
);

insert into id_counter values ('file', 0), ('run', 0), ('match', 0), ('decision', 0);
