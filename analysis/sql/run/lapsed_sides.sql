-- The matches that people decided about and of which a fact does not count any more or was told anew since, side by side.
--
-- grain:   one row per side of such a match, with the match itself
-- key:     match_id, side, fact_id
-- params:  none
-- units:   US dollars linked; the totals are those of a batch when the match was made and now
-- note:    anew_fact_id is the fact that the side holds on as, its own where that still counts; null where no fact has its
--          content, and of a batch where total, date, payer or references are others than when the match was made;
--          is_said: the match's history tells already that it lapsed
with said as (
    select subject_id, max(decision_id) as decision_id
    from decision
    where subject_type = 'match' and action = 'lapse'
    group by subject_id
),

decided as (
    select
        match_group.match_id,
        match_group.rule,
        match_group.status,
        match_group.confidence,
        match_group.explanation,
        match_group.agrees,
        match_group.differs,
        match_group.remainder_amount,
        match_group.remainder_reason,
        match_run.started_at,
        match_run.as_of_date,
        coalesce(last_one.action, 'by_hand') as action,
        coalesce(last_one.decided_by, match_run.run_by) as decided_by,
        coalesce(last_one.reason, match_group.explanation) as reason,
        said.decision_id > coalesce(last_one.decision_id, 0) as is_said
    from match_group
    inner join match_run on match_group.run_id = match_run.run_id
    left join match_decisions as last_one on match_group.match_id = last_one.match_id
    left join said on cast(match_group.match_id as varchar) = said.subject_id
    where last_one.action in ('confirm', 'decline', 'unmatch')
        or (match_group.rule = 'by_hand' and coalesce(last_one.action, 'restore') = 'restore')
),

sides as (
    select
        decided.match_id,
        decided.started_at,
        decided.as_of_date,
        match_side.side,
        match_side.fact_id,
        match_side.amount
    from decided
    inner join match_side on decided.match_id = match_side.match_id
),

batch_now as (
    select
        batch.batch_id,
        batch.file_id,
        source_file.loaded_at,
        batch.control_total,
        batch.posted_total,
        batch.deposit_date,
        batch.payer_name,
        batch.bank_account
    from posting_batches as batch
    inner join source_file on batch.file_id = source_file.file_id
    where batch.batch_id in (select decided_fact.fact_id from decided_fact where decided_fact.side = 'batch')
),

retold as (
    select sides.match_id, batch_now.batch_id, max(telling.file_id) as then_file_id
    from sides
    inner join batch_now on sides.side = 'batch' and sides.fact_id = batch_now.batch_id
    inner join posting_line as telling on batch_now.batch_id = telling.batch_id
    inner join source_file on telling.file_id = source_file.file_id
    where batch_now.loaded_at > sides.started_at
        and source_file.loaded_at <= sides.started_at
        and greatest(coalesce(telling.posting_date, telling.deposit_date), source_file.known_from) <= sides.as_of_date
    group by sides.match_id, batch_now.batch_id
),

tellings as (
    select
        line.batch_id,
        line.file_id,
        min(line.place) as place,
        sum(line.amount) as posted_total,
        string_agg(distinct line.reference_key, ' ' order by line.reference_key) as reference_keys
    from posting_line as line
    where line.batch_id in (select retold.batch_id from retold)
    group by line.batch_id, line.file_id
),

compared as (
    select
        retold.match_id,
        retold.batch_id,
        case
            when first_line.control_total <> batch_now.control_total then first_line.control_total
            else told_then.posted_total
        end as total_then,
        case
            when first_line.control_total <> batch_now.control_total then batch_now.control_total
            else batch_now.posted_total
        end as total_now,
        case
            when first_line.control_total <> batch_now.control_total then 'total'
            when told_then.posted_total <> batch_now.posted_total then 'total'
            when first_line.deposit_date <> batch_now.deposit_date then 'deposit date'
            when coalesce(first_line.payer_name, '') <> coalesce(batch_now.payer_name, '') then 'payer'
            when coalesce(first_line.bank_account, '') <> coalesce(batch_now.bank_account, '') then 'bank account'
            when coalesce(told_then.reference_keys, '') <> coalesce(told_now.reference_keys, '') then 'references'
        end as other_field
    from retold
    inner join tellings as told_then on retold.batch_id = told_then.batch_id and retold.then_file_id = told_then.file_id
    inner join posting_line as first_line
        on told_then.batch_id = first_line.batch_id
        and told_then.file_id = first_line.file_id
        and told_then.place = first_line.place
    inner join batch_now on retold.batch_id = batch_now.batch_id
    inner join tellings as told_now on batch_now.batch_id = told_now.batch_id and batch_now.file_id = told_now.file_id
),

gone as (
    select sides.match_id
    from sides
    inner join told_anew on sides.side = told_anew.side and sides.fact_id = told_anew.fact_id
    union
    select compared.match_id
    from compared
),

holding as (
    select
        sides.match_id,
        sides.side,
        sides.fact_id,
        sides.amount,
        case
            when compared.batch_id is not null then case when compared.other_field is null then sides.fact_id end
            when told_anew.fact_id is not null then told_anew.anew_fact_id
            else sides.fact_id
        end as anew_fact_id,
        coalesce(told_anew.reason, compared.other_field) as reason,
        told_anew.fact_id is not null or compared.batch_id is not null as is_told_anew,
        compared.total_then,
        compared.total_now
    from gone
    inner join sides on gone.match_id = sides.match_id
    left join told_anew on sides.side = told_anew.side and sides.fact_id = told_anew.fact_id
    left join compared on sides.match_id = compared.match_id and sides.side = 'batch' and sides.fact_id = compared.batch_id
)

select
    holding.match_id,
    holding.side,
    holding.fact_id,
    holding.amount,
    facts.reference,
    holding.anew_fact_id,
    anew.known_on,
    holding.is_told_anew,
    holding.reason,
    holding.total_then,
    holding.total_now,
    decided.rule,
    decided.status,
    decided.confidence,
    decided.explanation,
    decided.agrees,
    decided.differs,
    decided.remainder_amount,
    decided.remainder_reason,
    decided.action,
    decided.decided_by,
    decided.reason as decided_reason,
    coalesce(decided.is_said, false) as is_said
from holding
inner join decided on holding.match_id = decided.match_id
inner join linkable_facts as facts on holding.side = facts.side and holding.fact_id = facts.fact_id
left join linkable_facts as anew on holding.side = anew.side and holding.anew_fact_id = anew.fact_id
order by holding.match_id, holding.side, holding.fact_id
