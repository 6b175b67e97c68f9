-- Matching: what a run saw, what agrees in a match and what differs, settings by day, and the bank's business days.

-- kind: rules (a run of the matching rules), person (a decision by hand), undo (a run that was taken back).
-- last_file_id and last_decision_id: what the run had seen, so that the next one looks only at what is new.
alter table match_run add column kind varchar default 'rules';
alter table match_run add column reason varchar;
alter table match_run add column undoes_run_id bigint;
alter table match_run add column last_file_id bigint;
alter table match_run add column last_decision_id bigint;
alter table match_run add column rules_key varchar;

-- The fields that agree and that differ between the sides, by semicolons; the remainder is bank minus remittances.
alter table match_group add column agrees varchar;
alter table match_group add column differs varchar;
alter table match_group add column remainder_amount decimal(18, 2);
alter table match_group add column remainder_reason varchar;

-- The day on which the last of its facts became known: from then on the match holds as of a day.
alter table match_group add column known_on date;

alter table decision add column run_id bigint;

-- The day that the decision holds from, as reports of days see it; decided_at is the clock's.
alter table decision add column effective_on date;

-- How many cheques the bank's text says a deposit is made of.
alter table bank_transaction add column item_count integer;

-- Settings by day, appended: the newest row of a name that is in force holds. value is JSON.
create table setting (
    setting_id bigint primary key,
    name varchar not null,
    value varchar not null,
    effective_on date not null,
    source varchar not null,
    decided_by varchar not null,
    decided_at timestamp not null
);

-- Every day from 1990 to 2100 with the number of Federal Reserve business days up to and including it.
create table bank_day (
    calendar_day date primary key,
    business_number integer not null
);

insert into id_counter values ('setting', 13);

-- Card processors' usual rates in percent of the payment; a rate of null is no longer used.
insert into setting
select
    position as setting_id,
    'fee_rate.' || cast(rate as varchar) as name,
    cast(rate as varchar) as value,
    date '2020-01-01' as effective_on,
    'rates that card processors and virtual-card vendors publish; the site sets its own' as source,
    'Tieout' as decided_by,
    timestamp '2026-11-24 00:00:00' as decided_at
from (
    values
        (1, 1.50), (2, 1.75), (3, 2.00), (4, 2.25), (5, 2.50), (6, 2.65), (7, 2.75), (8, 2.90), (9, 3.00), (10, 3.25),
        (11, 3.50), (12, 4.00), (13, 5.00)
) as usual (position, rate);
