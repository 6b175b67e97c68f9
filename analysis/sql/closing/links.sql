-- The matches that stand as of a day, by content: rule, state, and each side with what is linked of it.
--
-- grain:   one row per match, confirmed or proposed
-- key:     match_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   text; a side is named by its file's hash and its place, a batch by its number
with sides as (
    select
        match_links.match_id,
        match_links.rule,
        match_links.status,
        match_links.side || ' ' || coalesce(source_file.sha256 || ' ' || cast(facts.place as varchar), match_links.fact_id)
        || ' ' || cast(match_links.amount as varchar) as content
    from match_links
    left join (
        select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id, file_id, place
        from bank_transactions
        union all
        select 'remittance' as side, cast(remittance_id as varchar) as fact_id, file_id, place
        from remittances
    ) as facts on match_links.side = facts.side and match_links.fact_id = facts.fact_id
    left join source_file on facts.file_id = source_file.file_id
    where match_links.known_on <= $as_of
)

select
    sides.match_id,
    concat_ws(
        '|',
        'match',
        sides.rule,
        sides.status,
        coalesce(cast(standing.remainder_amount as varchar), ''),
        string_agg(sides.content, ';' order by sides.content)
    ) as content
from sides
inner join match_standing as standing on sides.match_id = standing.match_id
group by sides.match_id, sides.rule, sides.status, standing.remainder_amount
order by content, sides.match_id
