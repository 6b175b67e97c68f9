-- Candidate pairs whose facts fit something else too are marked as ties, of which a few of each fact are kept.
--
-- grain:   a statement, rows of working tables
-- key:     none
-- params:  most_ties (integer): how many partners of one fact are kept; left_side (text), right_side (text)
-- units:   none
insert into tied_pair
with tied_lefts as (
    select left_fact_id
    from candidate_pair
    group by left_fact_id
    having count(*) > 1
),

tied_rights as (
    select right_fact_id
    from candidate_pair
    group by right_fact_id
    having count(*) > 1
),

tied as (
    select pair_number, left_fact_id, right_fact_id
    from candidate_pair
    where left_fact_id in (select tied_lefts.left_fact_id from tied_lefts)
        or right_fact_id in (select tied_rights.right_fact_id from tied_rights)
),

tied_facts as (
    select $left_side as side, left_fact_id as fact_id
    from tied
    union
    select $right_side as side, right_fact_id as fact_id
    from tied
),

-- What a fact says of itself: ids depend on the order in which files came, and which ties are kept must not.
contents as (
    select tied_facts.side, tied_facts.fact_id, concat_ws(' ', deposit.posted_date, deposit.bank_reference) as content
    from tied_facts
    inner join deposit_keys as deposit on tied_facts.side = 'bank' and tied_facts.fact_id = deposit.fact_id
    union all
    select tied_facts.side, tied_facts.fact_id, concat_ws(' ', advice.payment_date, advice.trace_number) as content
    from tied_facts
    inner join remittance_keys as advice on tied_facts.side = 'remittance' and tied_facts.fact_id = advice.fact_id
),

placed as (
    select
        tied.pair_number,
        row_number() over (partition by tied.left_fact_id order by right_content.content, tied.right_fact_id) as left_place,
        row_number() over (partition by tied.right_fact_id order by left_content.content, tied.left_fact_id) as right_place
    from tied
    left join contents as left_content on left_content.side = $left_side and tied.left_fact_id = left_content.fact_id
    left join contents as right_content on right_content.side = $right_side and tied.right_fact_id = right_content.fact_id
)

select
    pair_number,
    floor((left_place - 1) / $most_ties) = floor((right_place - 1) / $most_ties) as is_kept
from placed;
update candidate_pair
set
    is_sole = false,
    is_kept = pair_number in (select tied_pair.pair_number from tied_pair where tied_pair.is_kept)
where pair_number in (select tied_pair.pair_number from tied_pair)
