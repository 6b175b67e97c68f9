-- Casework: who works on which open item. An item that nobody touched has no row here and is a case all the same.

-- One row per case that anyone touched: what it was about when it was first touched, and the two numbers that guard it.
-- version goes up with each change, claim_number with each claim, in the transaction that makes it.
create table work_case (
    case_id varchar primary key,
    case_kind varchar not null,
    item_type varchar not null,
    reference varchar,
    payer_name varchar,
    amount decimal(18, 2) not null,
    item_date date,
    version integer not null,
    claim_number integer not null
);

-- One row per thing that a person did with a case, appended. State, owner, priority, dates and resolution are as they are
-- after it; changed says in words what became otherwise, note is the person's own text and may name a patient.
-- content_key: of a change taken from a sheet, the hash of that row, so that the same row is never taken twice.
create table case_event (
    decision_id bigint primary key,
    case_id varchar not null,
    version integer not null,
    action varchar not null check (action in ('set', 'note', 'contact', 'lift')),
    decided_by varchar not null,
    decided_at timestamp not null,
    effective_on date not null,
    changed varchar not null,
    state varchar not null check (state in ('new', 'in_work', 'waiting', 'held', 'resolved')),
    owner varchar,
    priority varchar not null check (priority in ('high', 'normal', 'low')),
    due_on date,
    next_on date,
    resolution varchar,
    lifted_until date,
    note varchar,
    content_key varchar,
    unique (case_id, version)
);

-- One row per call, letter or message about a case: with whom, how, what was said, what was promised by when.
create table case_contact (
    decision_id bigint primary key,
    case_id varchar not null,
    party varchar not null check (party in ('payer', 'patient', 'bank', 'other')),
    channel varchar not null check (channel in ('phone', 'letter', 'fax', 'portal', 'email')),
    spoke_with varchar,
    number varchar,
    call_reference varchar,
    said varchar not null,
    promised varchar,
    promised_by date
);

-- One row per claim of a case, its extension, release or skip. Times in UTC: a claim ends by itself. claim_number: the case's
-- after it, so that the newest is known by it; a skip has none, it claims nothing.
create table case_claim (
    claim_id bigint primary key,
    case_id varchar not null,
    claim_number integer,
    action varchar not null check (action in ('claim', 'extend', 'release', 'take_over', 'skip')),
    claimed_by varchar not null,
    claimed_at timestamp not null,
    expires_at timestamp,
    effective_on date not null
);

-- One row per time that a person saved a filter of the worklist, or removed it; the newest of a name holds. chosen is JSON.
create table case_filter (
    filter_id bigint primary key,
    name varchar not null,
    saved_by varchar not null,
    saved_at timestamp not null,
    is_shared boolean not null,
    is_removed boolean not null,
    chosen varchar not null
);

insert into id_counter values ('case_claim', 0), ('case_filter', 0);
