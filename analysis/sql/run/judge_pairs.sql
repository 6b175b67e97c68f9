-- Candidate pairs become found ones: sole where both sides fit nothing else, else ties, of which a few of each fact are kept.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer); most_ties (integer): how many partners of one fact are kept; left_side (text), right_side (text);
--          is_exclusive (boolean): whether a fact may stand in one pair only
-- units:   US dollars
insert into judged_pair
with tied_lefts as (
    select left_fact_id
    from candidate_pair
    group by left_fact_id
    having count(*) > 1 and $is_exclusive
),

tied_rights as (
    select right_fact_id
    from candidate_pair
    group by right_fact_id
    having count(*) > 1 and $is_exclusive
),

marked as (
    select
        pair.left_fact_id,
        pair.left_amount,
        pair.right_fact_id,
        pair.right_amount,
        tied_lefts.left_fact_id is null and tied_rights.right_fact_id is null as is_sole
    from candidate_pair as pair
    left join tied_lefts on pair.left_fact_id = tied_lefts.left_fact_id
    left join tied_rights on pair.right_fact_id = tied_rights.right_fact_id
),

tied_facts as (
    select $left_side as side, left_fact_id as fact_id
    from marked
    where not is_sole
    union
    select $right_side as side, right_fact_id as fact_id
    from marked
    where not is_sole
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
        left_fact_id,
        left_amount,
        right_fact_id,
        right_amount,
        row_number() over (partition by left_fact_id order by right_content.content, right_fact_id) as left_place,
        row_number() over (partition by right_fact_id order by left_content.content, left_fact_id) as right_place
    from marked
    left join contents as left_content on left_content.side = $left_side and marked.left_fact_id = left_content.fact_id
    left join contents as right_content on right_content.side = $right_side and marked.right_fact_id = right_content.fact_id
    where not is_sole
),

kept as (
    select is_sole, left_fact_id, left_amount, right_fact_id, right_amount
    from marked
    where is_sole
    union all
    select false as is_sole, left_fact_id, left_amount, right_fact_id, right_amount
    from placed
    where floor((left_place - 1) / $most_ties) = floor((right_place - 1) / $most_ties)
)

select
    $first_number + row_number() over () as found_number,
    is_sole,
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount
from kept
