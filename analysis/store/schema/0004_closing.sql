-- Close of day: what a day looked like when it was prepared for closing, and from when files that came late are seen.

-- The first day that was open when the file was loaded; null where no day was closed then. A fact is known from the later
-- of its own day and this one, so that a closed day never changes. Re-opening a day brings it back to that day.
alter table source_file add column known_from date;

-- One row per time that a day was prepared for closing. closing_id is the id of the decision that prepared it; who reviewed
-- and who re-opened it are decisions too (subject_type day). The hash is over what the day rests on: the view closings.
create table closed_day (
    closing_id bigint primary key,
    day date not null,
    content_hash varchar not null,
    fact_count bigint not null,
    link_count bigint not null,
    decision_count bigint not null
);

-- The figures of the day as they were prepared, in their order.
create table closed_total (
    closing_id bigint not null,
    position integer not null,
    name varchar not null,
    label varchar not null,
    item_count bigint not null,
    amount decimal(18, 2) not null,
    definition varchar not null,
    primary key (closing_id, position)
);
