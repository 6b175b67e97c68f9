-- The payers that the loaded remittances name, with what they tell of themselves and the names that banks gave them.
--
-- grain:   one row per payer name
-- key:     payer_name
-- params:  none
-- units:   counts; last_on is the day of the newest remittance; ids and aliases by semicolons. aliases: names of banks that
--          matches confirmed for this payer alone
-- note:    the address and the contact are those of the newest remittance that has them
with told as (
    select
        upper(trim(payer_name)) as payer_name,
        payer_id,
        trace_payer_id,
        known_on,
        remittance_id,
        nullif(
            concat_ws(chr(10), payer_address, nullif(concat_ws(', ', payer_city, concat_ws(' ', payer_state, payer_zip)), '')),
            ''
        ) as address,
        nullif(concat_ws(' ', payer_contact_name, payer_contact_number), '') as contacts
    from remittances
    where duplicate_of is null and trim(coalesce(payer_name, '')) <> ''
),

ids as (
    select payer_name, string_agg(distinct payer_id, '; ' order by payer_id) as payer_ids
    from (
        select payer_name, payer_id from told where payer_id is not null
        union
        select payer_name, trace_payer_id as payer_id from told where trace_payer_id is not null
    ) as every_id
    group by payer_name
),

addresses as (
    select payer_name, address, row_number() over (partition by payer_name order by known_on desc, remittance_id desc) as newness
    from told
    where address is not null
),

contacts as (
    select payer_name, contacts, row_number() over (partition by payer_name order by known_on desc, remittance_id desc) as newness
    from told
    where contacts is not null
),

aliases as (
    select upper(trim(payer_name)) as payer_name, string_agg(bank_name, '; ' order by bank_name) as aliases
    from payer_aliases
    where bank_name in (select bank_name from payer_aliases group by bank_name having count(distinct payer_name) = 1)
    group by upper(trim(payer_name))
),

counted as (
    select payer_name, count(*) as remittance_count, max(known_on) as last_on
    from told
    group by payer_name
)

select
    counted.payer_name,
    ids.payer_ids,
    aliases.aliases,
    contacts.contacts,
    addresses.address,
    counted.remittance_count,
    counted.last_on
from counted
left join ids on counted.payer_name = ids.payer_name
left join aliases on counted.payer_name = aliases.payer_name
left join contacts on counted.payer_name = contacts.payer_name and contacts.newness = 1
left join addresses on counted.payer_name = addresses.payer_name and addresses.newness = 1
order by counted.payer_name
