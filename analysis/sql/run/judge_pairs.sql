-- Candidate pairs become found ones: sole where both sides fit nothing else, else ties, of which the first few are kept.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer); most_ties (integer): how many partners of one fact are kept;
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

placed as (
    select
        left_fact_id,
        left_amount,
        right_fact_id,
        right_amount,
        row_number() over (partition by left_fact_id order by right_fact_id) as left_place,
        row_number() over (partition by right_fact_id order by left_fact_id) as right_place
    from marked
    where not is_sole
),

kept as (
    select is_sole, left_fact_id, left_amount, right_fact_id, right_amount
    from marked
    where is_sole
    union all
    select false as is_sole, left_fact_id, left_amount, right_fact_id, right_amount
    from placed
    where left_place <= $most_ties and right_place <= $most_ties
)

select
    $first_number + row_number() over () as found_number,
    is_sole,
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount
from kept
