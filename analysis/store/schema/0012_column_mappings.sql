-- Column mappings: under which headings a table of someone else's holds our columns. Saved and withdrawn, never changed:
-- the last event about a fingerprint of headings holds.

create table column_mapping (
    mapping_id bigint primary key,
    fingerprint varchar not null,
    action varchar not null check (action in ('save', 'withdraw')),
    kind varchar not null,
    flips_sign boolean not null,
    date_order varchar not null check (date_order in ('month_first', 'day_first')),
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- One row per heading of a saved mapping; column_name null where the heading was left out. heading_key as it is compared.
create table column_mapping_heading (
    mapping_id bigint not null,
    position integer not null,
    heading varchar not null,
    heading_key varchar not null,
    column_name varchar,
    primary key (mapping_id, position)
);

insert into id_counter values ('mapping', 0);
