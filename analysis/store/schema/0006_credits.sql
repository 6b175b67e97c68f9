-- Credits: what people record about a credit, the clocks that run for it, and refunds. Who, when, why and from which day
-- stands among the decisions (subject_type credit, refund); the tables here hold what a decision is about.

-- The clocks as Tieout ships them; a site's own settings of the same name (credit_clock.…) go before them from their day on.
create table credit_clock (
    name varchar not null,
    value integer not null,
    effective_on date not null,
    source varchar not null,
    primary key (name, effective_on)
);

insert into credit_clock values
    ('government_days', 60, date '2016-03-14',
        '42 CFR 401.305: Medicare A and B, report and return within 60 days of identified; 1128J(d) for Medicaid'),
    ('investigation_days', 180, date '2025-01-01',
        '42 CFR 401.305(b)(3), CY2025 PFS: a timely good-faith investigation suspends for 180 days at most'),
    ('warn_first_days', 30, date '2020-01-01', 'half of the 60 days; the site sets its own'),
    ('warn_second_days', 45, date '2020-01-01', 'three quarters of the 60 days; the site sets its own'),
    ('warn_last_days', 55, date '2020-01-01', 'five days before the 60; the site sets its own'),
    ('patient_days.TX', 30, date '2020-01-01', 'Texas Insurance Code 1661.005: 30 days after determination'),
    ('patient_days.FL', 30, date '2026-01-01', 'Florida, from 2026-01-01: 30 days after determination');

-- Years without activity after which money of that state's owners is reported as unclaimed.
insert into credit_clock
select
    'dormancy_years.' || state as name,
    years as value,
    date '2025-01-01' as effective_on,
    'general dormancy, reportmyup.com table of 2025; types of property and exemptions differ' as source
from (
    values
        ('AL', 3), ('AK', 3), ('AZ', 3), ('AR', 3), ('CA', 3), ('CO', 3), ('CT', 3), ('DC', 3), ('IL', 3), ('IN', 3),
        ('IA', 3), ('KS', 3), ('KY', 3), ('LA', 3), ('ME', 3), ('MD', 3), ('MA', 3), ('MI', 3), ('MN', 3), ('TX', 3),
        ('NY', 3), ('DE', 5), ('FL', 5), ('GA', 5), ('HI', 5), ('ID', 5)
) as dormancy (state, years);

-- One row per day that a person recorded about a credit: identified, investigation_started, investigation_ended, determined.
-- A credit is an account's from the day it began; one that begins later is another one.
create table credit_mark (
    decision_id bigint primary key,
    account_number varchar not null,
    credit_date date not null,
    mark varchar not null check (mark in ('identified', 'investigation_started', 'investigation_ended', 'determined')),
    on_date date not null
);

-- One row per refund as it was requested, and one more per edit. second_above: the policy as it stood, US dollars.
create table refund (
    refund_id bigint not null,
    version integer not null,
    decision_id bigint not null,
    account_number varchar not null,
    credit_date date not null,
    payee_type varchar not null check (payee_type in ('PAYER', 'PATIENT')),
    payee_name varchar not null,
    payee_address varchar not null,
    amount decimal(18, 2) not null check (amount > 0),
    reason varchar not null,
    evidence varchar not null,
    second_above decimal(18, 2) not null,
    primary key (refund_id, version)
);

-- One row per step that a person took with a version of a refund, after it was requested.
-- reference: the cheque's number, or what the payer's acknowledgement names. on_date: the cheque's day, the day it cleared.
create table refund_step (
    decision_id bigint primary key,
    refund_id bigint not null,
    version integer not null,
    step varchar not null check (
        step in ('approve', 'decline', 'export', 'issue', 'clear', 'return', 'void', 'acknowledge')
    ),
    reference varchar,
    on_date date,
    export_id bigint
);

-- One row per list of refunds that went out, with the hash of its rows.
create table refund_export (
    export_id bigint primary key,
    content_hash varchar not null,
    refund_count bigint not null,
    total_amount decimal(18, 2) not null
);

insert into id_counter values ('refund', 0), ('refund_export', 0);
