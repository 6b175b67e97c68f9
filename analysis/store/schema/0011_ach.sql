-- ACH files: what their batches, entries and addenda say. An entry that moves money is a bank line too, under the same id.

-- One row per batch (5 … 8). Days as the file tells them; settled_on is the Julian day that the operator set.
create table ach_batch (
    ach_batch_id bigint not null,
    file_id bigint not null,
    place integer not null,
    batch_number varchar not null,
    service_class varchar not null,
    sec_code varchar not null,
    company_name varchar,
    company_data varchar,
    company_id varchar,
    entry_description varchar,
    effective_date date,
    settled_on date,
    originating_bank varchar,
    currency varchar
);

-- One row per entry (6). amount is signed as the receiving account sees it: credits positive, debits negative.
create table ach_entry (
    ach_entry_id bigint not null,
    file_id bigint not null,
    place integer not null,
    last_place integer not null,
    ach_batch_id bigint not null,
    transaction_code varchar not null,
    entry_kind varchar not null check (entry_kind in ('payment', 'return', 'change', 'prenote', 'advice', 'foreign')),
    receiving_bank varchar,
    account varchar,
    amount decimal(18, 2) not null,
    individual_id varchar,
    receiver_name varchar,
    trace_number varchar,
    trace_key varchar,
    return_code varchar,
    change_code varchar,
    original_trace varchar,
    original_trace_key varchar,
    original_bank varchar
);

-- One row per addenda record (7), with its text as it stood.
create table ach_addenda (
    ach_addenda_id bigint not null,
    file_id bigint not null,
    place integer not null,
    ach_entry_id bigint not null,
    addenda_type varchar not null,
    sequence_number integer,
    text varchar not null
);
