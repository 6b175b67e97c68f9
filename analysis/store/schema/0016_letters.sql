-- Letters that were printed. Who, when and from which day stands with the contact that the letter is (decision_id).

-- One row per letter. addressee, address, subject and body as printed; pdf: the bytes that were printed, pdf_sha256 their hash.
create table letter (
    letter_id bigint primary key,
    decision_id bigint not null,
    case_id varchar not null,
    letter_kind varchar not null,
    addressee varchar not null,
    address varchar not null,
    subject varchar not null,
    body varchar not null,
    letterhead varchar not null,
    letter_date date not null,
    pdf blob not null,
    pdf_sha256 varchar not null
);

insert into id_counter values ('letter', 0);
