-- Variances: small differences written off, each a record of its own with the policy that held; what people decided about
-- a difference stands among the decisions (subject_type variance, write_off).

-- One row per difference written off. variance_id: batch and its id, or bank and the bank line's id.
-- most_amount, second_above: the policy as it stood, US dollars: never more than the one, above the other a second person.
create table write_off (
    write_off_id bigint primary key,
    variance_id varchar not null,
    amount decimal(18, 2) not null,
    reason varchar not null,
    written_by varchar not null,
    written_at timestamp not null,
    effective_on date not null,
    most_amount decimal(18, 2) not null,
    second_above decimal(18, 2) not null
);

insert into id_counter values ('write_off', 0);

-- The policy until the site sets its own. Amounts are text, so that they stay exact.
update id_counter set last_id = last_id + 1 where counter_name = 'setting';

insert into setting
select
    last_id as setting_id,
    'write_off_policy' as name,
    '{"most": "25.00", "second_person_above": "5.00"}' as value,
    date '2020-01-01' as effective_on,
    'a cautious beginning; the site sets its own limits' as source,
    'Tieout' as decided_by,
    timestamp '2026-11-24 00:00:00' as decided_at
from id_counter
where counter_name = 'setting';
