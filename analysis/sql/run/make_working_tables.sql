-- The working tables of a run, empty: what rules find, and what is looked at anew.
--
-- grain:   a statement, working tables made
-- key:     none
-- params:  none
-- units:   US dollars
create temp table candidate_pair (
    pair_number bigint,
    is_sole boolean,
    is_kept boolean,
    left_fact_id varchar,
    left_amount decimal(18, 2),
    right_fact_id varchar,
    right_amount decimal(18, 2),
    known_on date,
    explanation varchar,
    agrees varchar,
    differs varchar
);
create temp table candidate_side (
    set_number bigint,
    is_sole boolean,
    side varchar,
    fact_id varchar,
    amount decimal(18, 2),
    known_on date,
    explanation varchar,
    agrees varchar,
    differs varchar
);
create temp table tied_pair (
    pair_number bigint,
    is_kept boolean
);
create temp table found_match (
    found_number bigint,
    rule varchar,
    status varchar,
    confidence decimal(5, 2),
    explanation varchar,
    agrees varchar,
    differs varchar,
    remainder_amount decimal(18, 2),
    known_on date
);
create temp table found_side (
    found_number bigint,
    side varchar,
    fact_id varchar,
    amount decimal(18, 2)
);
create temp table declined_side (
    match_id bigint,
    side varchar,
    fact_id varchar,
    side_count bigint
);
create temp table reopened (match_id bigint);
create temp table fresh_fact (
    side varchar,
    fact_id varchar,
    item_date date
);
create temp table unchanged (
    match_id bigint,
    found_number bigint
);
create temp table decided_fact (
    side varchar,
    fact_id varchar
);
create temp table told_anew (
    side varchar,
    fact_id varchar,
    reason varchar,
    anew_fact_id varchar
)
