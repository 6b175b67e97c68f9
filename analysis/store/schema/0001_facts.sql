-- Facts: what the files said, written once with their file's row and never changed.
--
-- Tables are singular and may change by migration; the plural views of 0003 are the promise.
-- Every row names its file and `place`: the line (tables, bank) or segment (835), counted from 1.
-- Ids are file_id * 1,000,000,000 + place. Money is US dollars, decimal(18, 2).
-- zstd: columns with another text in almost every row, which DuckDB's own choice would look for repeats in, in vain.

create table source_file (
    file_id bigint primary key,
    file_name varchar not null,
    kind varchar not null,
    sha256 varchar not null unique,
    size_bytes bigint not null,
    loaded_at timestamp not null,
    loaded_by varchar not null
);

create table file_record (
    file_id bigint not null references source_file (file_id),
    record_name varchar not null,
    record_count bigint not null,
    primary key (file_id, record_name)
);

create table file_total (
    file_id bigint not null references source_file (file_id),
    total_name varchar not null,
    amount decimal(18, 2) not null,
    primary key (file_id, total_name)
);

create table file_finding (
    file_id bigint not null references source_file (file_id),
    finding_number integer not null,
    severity varchar not null check (severity in ('info', 'warning', 'error')),
    code varchar not null,
    location varchar not null,
    message varchar not null,
    amount decimal(18, 2),
    primary key (file_id, finding_number)
);

-- The text of the file in pieces, zstd-packed; a row's raw lines or segments are cut out of the piece that holds its place.
create table source_text (
    file_id bigint not null,
    first_place integer not null,
    terminator varchar not null,
    element_separator varchar,
    packed blob not null,
    size_bytes bigint not null
);

create table remittance (
    remittance_id bigint not null,
    file_id bigint not null,
    place integer not null,
    last_place integer not null,
    source varchar not null,
    interchange_control_number varchar,
    interchange_sender_id varchar,
    interchange_date date,
    usage_indicator varchar,
    group_control_number varchar,
    group_date date,
    transaction_control_number varchar,
    version varchar,
    handling_code varchar,
    payment_amount decimal(18, 2),
    credit_debit_flag varchar,
    payment_method varchar,
    payment_format varchar,
    payer_routing_number varchar,
    payer_bank_account varchar,
    originating_company_id varchar,
    payee_routing_number varchar,
    payee_bank_account varchar,
    payment_date date,
    trace_number varchar,
    trace_key varchar,
    trace_payer_id varchar,
    trace_supplement varchar,
    production_date date,
    receiver_reference varchar,
    currency varchar,
    payer_name varchar,
    payer_id_qualifier varchar,
    payer_id varchar,
    payer_address varchar,
    payer_city varchar,
    payer_state varchar,
    payer_zip varchar,
    payer_reference_2u varchar,
    payer_reference_nf varchar,
    payer_reference_eo varchar,
    payer_reference_hi varchar,
    payer_contact_name varchar,
    payer_contact_number varchar,
    payer_technical_contact_name varchar,
    payer_technical_contact_number varchar,
    payee_name varchar,
    payee_id_qualifier varchar,
    payee_id varchar,
    payee_address varchar,
    payee_city varchar,
    payee_state varchar,
    payee_zip varchar,
    payee_tax_id varchar,
    payee_reference_pq varchar,
    content_key varchar not null
);

create table claim_payment (
    claim_payment_id bigint not null,
    file_id bigint not null,
    place integer not null,
    remittance_id bigint not null,
    claim_id varchar using compression zstd,
    claim_status varchar,
    charge_amount decimal(18, 2),
    paid_amount decimal(18, 2),
    patient_responsibility decimal(18, 2),
    filing_indicator varchar,
    payer_claim_control_number varchar using compression zstd,
    facility_type varchar,
    frequency_code varchar,
    drg_code varchar,
    header_number varchar,
    patient_last_name varchar,
    patient_first_name varchar,
    patient_id_qualifier varchar,
    patient_id varchar using compression zstd,
    insured_last_name varchar,
    insured_first_name varchar,
    insured_id varchar,
    corrected_last_name varchar,
    corrected_first_name varchar,
    corrected_id varchar,
    other_subscriber_last_name varchar,
    other_subscriber_id varchar,
    rendering_provider_name varchar,
    rendering_provider_id varchar using compression zstd,
    crossover_payer_name varchar,
    crossover_payer_id varchar,
    corrected_priority_payer_name varchar,
    corrected_priority_payer_id varchar,
    original_claim_control_number varchar,
    group_number varchar,
    medical_record_number varchar using compression zstd,
    prior_authorization varchar,
    contract_class varchar,
    member_reference varchar,
    statement_from date,
    statement_to date,
    received_date date,
    coverage_expired_date date,
    coverage_amount decimal(18, 2),
    interest_amount decimal(18, 2),
    discount_amount decimal(18, 2),
    patient_paid_amount decimal(18, 2),
    inpatient_remarks varchar,
    outpatient_remarks varchar
);

create table service_payment (
    service_payment_id bigint not null,
    file_id bigint not null,
    place integer not null,
    remittance_id bigint not null,
    claim_payment_id bigint not null,
    procedure_qualifier varchar,
    procedure_code varchar,
    modifiers varchar,
    revenue_code varchar,
    original_procedure_code varchar,
    charge_amount decimal(18, 2),
    paid_amount decimal(18, 2),
    units_paid decimal(18, 2),
    units_billed decimal(18, 2),
    service_date date,
    service_from date,
    service_to date,
    line_control_number varchar using compression zstd,
    policy_reference varchar,
    allowed_amount decimal(18, 2),
    late_filing_reduction decimal(18, 2)
);

-- One row per CAS triplet; service_payment_id is null at claim level.
create table claim_adjustment (
    file_id bigint not null,
    place integer not null,
    position integer not null,
    remittance_id bigint not null,
    claim_payment_id bigint not null,
    service_payment_id bigint,
    group_code varchar,
    reason_code varchar,
    amount decimal(18, 2),
    quantity decimal(18, 2)
);

-- One row per PLB pair. A positive amount reduces the payment.
create table provider_adjustment (
    file_id bigint not null,
    place integer not null,
    position integer not null,
    remittance_id bigint not null,
    provider_id varchar,
    fiscal_period_date date,
    reason_code varchar,
    reference_id varchar,
    amount decimal(18, 2)
);

-- One row per LQ segment.
create table service_remark (
    file_id bigint not null,
    place integer not null,
    remittance_id bigint not null,
    service_payment_id bigint not null,
    qualifier varchar,
    remark_code varchar
);

-- One row per account section (03 … 49) of a bank file, with its control totals as declared and as counted.
create table bank_statement (
    bank_statement_id bigint not null,
    file_id bigint not null,
    place integer not null,
    bank_account varchar not null,
    currency varchar,
    as_of_date date,
    as_of_time varchar,
    group_status varchar,
    as_of_modifier varchar,
    originator varchar,
    file_created_date date,
    file_created_time varchar,
    file_identification varchar
);

create table bank_summary (
    file_id bigint not null,
    place integer not null,
    position integer not null,
    bank_statement_id bigint not null,
    type_code varchar,
    amount decimal(18, 2),
    item_count varchar,
    funds_type varchar
);

-- amount is signed: money in positive, money out negative. occurrence numbers identical rows within one file.
create table bank_transaction (
    bank_transaction_id bigint not null,
    file_id bigint not null,
    place integer not null,
    last_place integer not null,
    bank_statement_id bigint,
    bank_account varchar not null,
    posted_date date not null,
    value_date date,
    type_code varchar,
    line_kind varchar not null,
    amount decimal(18, 2) not null,
    funds_type varchar,
    bank_reference varchar,
    customer_reference varchar,
    description varchar,
    company_name varchar,
    company_id varchar,
    row_key varchar not null,
    occurrence integer not null
);

-- What in a bank line may be a remittance's trace: upper case, without blanks, - / . and leading zeros.
create table bank_trace (
    file_id bigint not null,
    place integer not null,
    position integer not null,
    bank_transaction_id bigint not null,
    trace_key varchar not null,
    found_in varchar not null
);

create table posting_line (
    posting_line_id bigint not null,
    file_id bigint not null,
    place integer not null,
    batch_id varchar not null,
    batch_type varchar,
    deposit_date date not null,
    posting_date date,
    payer_name varchar,
    control_total decimal(18, 2) not null,
    line_number integer,
    account_number varchar not null,
    reference_number varchar,
    reference_key varchar,
    transaction_type varchar not null,
    amount decimal(18, 2) not null,
    posted_by varchar,
    bank_account varchar
);

create table account (
    account_id bigint not null,
    file_id bigint not null,
    place integer not null,
    account_number varchar not null,
    extract_date date not null,
    patient_name varchar,
    date_of_birth date,
    facility varchar,
    financial_class varchar,
    primary_payer_name varchar,
    secondary_payer_name varchar,
    service_from date,
    service_to date,
    total_charges decimal(18, 2),
    balance decimal(18, 2) not null,
    credit_date date,
    last_payment_date date,
    state varchar
);

create table account_transaction (
    account_transaction_id bigint not null,
    file_id bigint not null,
    place integer not null,
    account_number varchar not null,
    transaction_id varchar not null,
    transaction_date date not null,
    type varchar not null,
    source varchar,
    payer_name varchar,
    amount decimal(18, 2) not null,
    reference varchar,
    procedure_code varchar
);

create table receipt (
    receipt_row_id bigint not null,
    file_id bigint not null,
    place integer not null,
    receipt_id varchar not null,
    received_date date not null,
    payment_method varchar,
    payer_name varchar,
    routing_number varchar,
    check_account varchar,
    check_number varchar,
    check_key varchar,
    check_date date,
    amount decimal(18, 2) not null,
    account_number varchar,
    deposit_slip varchar
);
