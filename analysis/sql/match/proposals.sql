-- The proposals of the rules that include one fact, the surest first, with what each would tie it to.
--
-- grain:   one row per proposal
-- key:     match_id
-- params:  side (text), fact_id (text), as_of (date): a proposal counts once its last side is known
-- example: side='bank', fact_id='29000000026', as_of=2026-11-13
-- units:   US dollars: of the other sides, and the remainder is bank less remittances (else the first side by name less the
--          second); version is the id of the last decision about the proposal, 0 before the first
with mine as (
    select match_id
    from match_links
    where side = $side and fact_id = $fact_id and status = 'proposed' and known_on <= $as_of
),

sums as (
    select
        links.match_id,
        sum(case when links.side = 'bank' then links.amount end) as bank_amount,
        sum(case when links.side = 'remittance' then links.amount end) as remittance_amount,
        sum(case when links.side = 'batch' then links.amount end) as batch_amount,
        sum(case when links.side <> $side or links.fact_id <> $fact_id then links.amount else 0 end)::decimal(18, 2) as amount,
        count(*) - 1 as other_count,
        string_agg(
            case when links.side <> $side or links.fact_id <> $fact_id then links.reference end,
            ', '
            order by links.side, links.reference
        ) as others
    from match_links as links
    inner join mine on links.match_id = mine.match_id
    group by links.match_id
),

versions as (
    select cast(subject_id as bigint) as match_id, max(decision_id) as version
    from decision
    where subject_type = 'match'
    group by subject_id
)

select
    sums.match_id,
    standing.rule,
    standing.confidence,
    standing.explanation,
    standing.agrees,
    standing.differs,
    sums.others,
    sums.other_count,
    sums.amount,
    (
        coalesce(sums.bank_amount, sums.batch_amount) - coalesce(sums.remittance_amount, sums.batch_amount)
    )::decimal(18, 2) as remainder_amount,
    coalesce(versions.version, 0) as version
from sums
inner join match_standing as standing on sums.match_id = standing.match_id
left join versions on sums.match_id = versions.match_id
order by standing.confidence desc, sums.match_id
