-- What people decided and set that holds as of a day, by content: who, what, why, and the fact or match it is about.
--
-- grain:   one row per decision about a match, an item or a variance, write-off, move of parked money, step of a rejected claim, change of a setting
-- key:     kind, number
-- params:  as_of (date): what holds from a later day is not there yet
-- example: as_of=2026-11-13
-- units:   text; what rules ended by themselves is left out, it stands in the links
with facts as (
    select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id, file_id, place
    from bank_transaction
    union all
    select 'remittance' as side, cast(remittance_id as varchar) as fact_id, file_id, place
    from remittance
    union all
    select 'claim' as side, cast(claim_payment_id as varchar) as fact_id, file_id, place
    from claim_payment
),

named as (
    select facts.side, facts.fact_id, source_file.sha256 || ' ' || cast(facts.place as varchar) as content
    from facts
    inner join source_file on facts.file_id = source_file.file_id
),

decided as (
    select decision_id, action, subject_type, subject_id, decided_by, reason, effective_on
    from decision
    where subject_type in ('match', 'item')
        and action <> 'supersede'
        and coalesce(effective_on, date '1900-01-01') <= $as_of
),

told as (
    select decided.decision_id, match_side.side || ' ' || coalesce(named.content, match_side.fact_id) as content
    from decided
    inner join match_side on decided.subject_type = 'match' and decided.subject_id = cast(match_side.match_id as varchar)
    left join named on match_side.side = named.side and match_side.fact_id = named.fact_id
),

sides as (
    select decision_id, string_agg(content, ';' order by content) as content
    from told
    group by decision_id
)

select
    'decision' as kind,
    decided.decision_id as number,
    concat_ws(
        '|',
        'decision',
        decided.subject_type,
        coalesce(sides.content, named.content || ' ' || split_part(decided.subject_id, '-', 3), decided.subject_id),
        decided.action,
        decided.decided_by,
        coalesce(decided.reason, ''),
        coalesce(cast(decided.effective_on as varchar), '')
    ) as content
from decided
left join sides on decided.decision_id = sides.decision_id
left join named
    on decided.subject_type = 'item'
    and split_part(decided.subject_id, '-', 1) = named.side
    and split_part(decided.subject_id, '-', 2) = named.fact_id
union all
select
    'variance' as kind,
    decision.decision_id as number,
    concat_ws(
        '|',
        'variance',
        coalesce(named.content, decision.subject_id),
        decision.action,
        decision.decided_by,
        coalesce(decision.reason, ''),
        cast(decision.effective_on as varchar)
    ) as content
from decision
left join named on named.side = 'bank' and decision.subject_id = 'bank ' || named.fact_id
where decision.subject_type = 'variance' and decision.effective_on <= $as_of
union all
select
    'write_off' as kind,
    write_offs.write_off_id as number,
    concat_ws(
        '|',
        'write_off',
        coalesce(named.content, write_offs.variance_id),
        cast(write_offs.amount as varchar),
        write_offs.status,
        write_offs.written_by,
        write_offs.reason,
        cast(write_offs.effective_on as varchar)
    ) as content
from write_offs
left join named on named.side = 'bank' and write_offs.variance_id = 'bank ' || named.fact_id
where write_offs.effective_on <= $as_of
union all
select
    'parked_money' as kind,
    event.decision_id as number,
    concat_ws(
        '|',
        'parked_money',
        coalesce(named.content, cast(event.bank_transaction_id as varchar)),
        cast(event.version as varchar),
        event.action,
        coalesce(event.place, ''),
        coalesce(cast(event.amount as varchar), ''),
        coalesce(event.reference, ''),
        decision.decided_by,
        decision.reason,
        cast(decision.effective_on as varchar)
    ) as content
from parked_event as event
inner join decision on event.decision_id = decision.decision_id
left join named on named.side = 'bank' and named.fact_id = cast(event.bank_transaction_id as varchar)
where decision.effective_on <= $as_of
union all
select
    'rejected_claim' as kind,
    step.decision_id as number,
    concat_ws(
        '|',
        'rejected_claim',
        coalesce(named.content, cast(step.claim_payment_id as varchar)),
        cast(step.version as varchar),
        step.step,
        coalesce(step.account_number, step.home_name, ''),
        coalesce(step.reference, ''),
        decision.decided_by,
        decision.reason,
        cast(decision.effective_on as varchar)
    ) as content
from rejected_claim_step as step
inner join decision on step.decision_id = decision.decision_id
left join named on named.side = 'claim' and named.fact_id = cast(step.claim_payment_id as varchar)
where decision.effective_on <= $as_of
union all
select
    'setting' as kind,
    setting_id as number,
    concat_ws('|', 'setting', name, value, decided_by, source, cast(effective_on as varchar)) as content
from setting
where effective_on <= $as_of
order by content, number
