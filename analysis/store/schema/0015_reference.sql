-- Reference: what a site knows of its payers, and lists of codes that it loaded. Versions are appended, never changed.

-- One row per version of a payer; the newest holds. payer_ids and aliases by semicolons: identifiers, and names under which
-- banks and remittances tell the payer. Days are calendar days.
create table reference_payer (
    payer_number bigint not null,
    version integer not null,
    payer_name varchar not null,
    payer_ids varchar,
    aliases varchar,
    phone varchar,
    fax varchar,
    email varchar,
    contacts varchar,
    address varchar,
    refund_address varchar,
    timely_filing_days integer,
    recoupment_days integer,
    recoupment_rule varchar,
    trace_habits varchar,
    eft_enrolment varchar check (eft_enrolment in ('enrolled', 'asked', 'not_enrolled')),
    eft_since date,
    era_enrolment varchar check (era_enrolment in ('enrolled', 'asked', 'not_enrolled')),
    era_since date,
    remark varchar,
    recorded_by varchar not null,
    recorded_at timestamp not null,
    primary key (payer_number, version)
);

-- One row per list of codes that was loaded; the newest of a name holds. sha256: of the file's bytes.
create table code_list (
    code_list_id bigint primary key,
    list_name varchar not null check (list_name in ('CARC', 'RARC', 'PLB', 'CLAIM_STATUS', 'CPT', 'HCPCS', 'ICD10CM')),
    source_name varchar not null,
    sha256 varchar not null,
    code_count bigint not null,
    loaded_by varchar not null,
    loaded_at timestamp not null
);

-- One row per code of a list. A description may be licensed: it leaves the store with nothing but a backup.
create table code_text (
    code_list_id bigint not null,
    code varchar not null,
    description varchar not null,
    primary key (code_list_id, code)
);

insert into id_counter values ('reference_payer', 0), ('code_list', 0);
