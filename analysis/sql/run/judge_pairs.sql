-- Candidate pairs become found ones: sole where both sides fit nothing else, else ties, of which the first few are kept.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer); most_ties (integer): how many partners of one fact are kept;
--          is_exclusive (boolean): whether a fact may stand in one pair only
-- units:   US dollars
insert into judged_pair
with counted as (
    select
        left_fact_id,
        left_amount,
        right_fact_id,
        right_amount,
        count(*) over (partition by left_fact_id) as rights,
        count(*) over (partition by right_fact_id) as lefts
    from candidate_pair
),

placed as (
    select
        left_fact_id,
        left_amount,
        right_fact_id,
        right_amount,
        not $is_exclusive or (rights = 1 and lefts = 1) as is_sole,
        case when rights = 1 then 1 else row_number() over (partition by left_fact_id order by right_fact_id) end as left_place,
        case when lefts = 1 then 1 else row_number() over (partition by right_fact_id order by left_fact_id) end as right_place
    from counted
)

select
    $first_number + row_number() over (order by left_fact_id, right_fact_id) as found_number,
    is_sole,
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount
from placed
where is_sole or (left_place <= $most_ties and right_place <= $most_ties)
