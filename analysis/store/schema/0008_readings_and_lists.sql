-- What people read of credits, the lists that go to the billing system, small balances, and what CMS-838 reported. Who, when,
-- why and from which day stands among the decisions (subject_type credit_reading, billing_list, small_balance, cms_838).

-- One row per time that a person read a credit; the newest of a credit counts. audit_…: what the audit itself read then.
-- credit_balance: what was in credit then, US dollars. A credit is an account's from the day it began.
create table credit_reading (
    reading_id bigint primary key,
    decision_id bigint not null,
    account_number varchar not null,
    credit_date date not null,
    credit_balance decimal(18, 2) not null,
    cause varchar not null,
    disposition varchar not null check (
        disposition in (
            'refund_payer', 'refund_patient', 'transfer', 'correct_adjustment', 'let_payer_recoup', 'review'
        )
    ),
    owed_to varchar,
    evidence varchar not null,
    audit_cause varchar not null,
    audit_disposition varchar not null,
    audit_evidence varchar not null
);

-- One row per step that a person took with a reading: a second person agrees, or it is taken back.
create table credit_reading_step (
    decision_id bigint primary key,
    reading_id bigint not null,
    step varchar not null check (step in ('agree', 'withdraw'))
);

-- One row per list of instructions that went to the billing system, with the hash of its rows.
create table billing_list (
    list_id bigint primary key,
    decision_id bigint not null,
    content_hash varchar not null,
    instruction_count bigint not null,
    total_amount decimal(18, 2) not null
);

-- One row per instruction of a list, as it was sent. credit_balance: what the account was in credit by then, US dollars.
create table billing_instruction (
    instruction_id bigint primary key,
    list_id bigint not null,
    account_number varchar not null,
    credit_date date not null,
    kind varchar not null check (kind in ('transfer', 'adjustment', 'posting', 'recoup', 'small_balance')),
    amount decimal(18, 2) not null check (amount > 0),
    credit_balance decimal(18, 2) not null,
    to_account varchar,
    transaction_id varchar,
    transaction_date date,
    payer_name varchar,
    reference varchar,
    instruction varchar not null,
    facility varchar
);

-- One row per small credit that a person put on a list to be written off. ticked: a person says that the law of the state lets
-- it be written off rather than reported as unclaimed. below_amount, older_than_days: the policy as it stood.
create table small_balance (
    list_id bigint not null,
    decision_id bigint not null,
    account_number varchar not null,
    credit_date date not null,
    amount decimal(18, 2) not null check (amount > 0),
    state varchar,
    is_ticked boolean not null,
    below_amount decimal(18, 2) not null,
    older_than_days integer not null,
    primary key (list_id, account_number)
);

-- One row per step with such a list: another person approves it, or it is declined.
create table small_balance_step (
    decision_id bigint primary key,
    list_id bigint not null,
    step varchar not null check (step in ('approve', 'decline'))
);

-- One row per credit that a certified CMS-838 told Medicare of, as it was told. quarter_end names the report.
create table cms_838_line (
    report_id bigint not null,
    decision_id bigint not null,
    quarter_end date not null,
    account_number varchar not null,
    credit_date date not null,
    credit_amount decimal(18, 2) not null,
    repaid_amount decimal(18, 2) not null,
    reason_code varchar not null,
    primary key (report_id, account_number)
);

-- One row per certified CMS-838, also where nothing was to report, with the hash of its detail page.
create table cms_838_report (
    report_id bigint primary key,
    decision_id bigint not null,
    quarter_end date not null,
    content_hash varchar not null,
    line_count bigint not null,
    credit_amount decimal(18, 2) not null,
    repaid_amount decimal(18, 2) not null
);

insert into id_counter values
    ('credit_reading', 0), ('billing_list', 0), ('billing_instruction', 0), ('small_balance_list', 0), ('cms_838_report', 0);
