-- How many segments of each kind became rows, by file; files whose findings say that some did not are left out.
--
-- grain:   one row per 835 file and segment id
-- key:     file_id, segment_id
-- params:  none
-- units:   counts of segments
with in_rows as (
    select file_id, 'CLP' as segment_id, count(*) as row_count from claim_payment group by file_id
    union all
    select file_id, 'SVC' as segment_id, count(*) as row_count from service_payment group by file_id
    union all
    select file_id, 'CAS' as segment_id, count(distinct place) as row_count from claim_adjustment group by file_id
    union all
    select file_id, 'PLB' as segment_id, count(distinct place) as row_count from provider_adjustment group by file_id
),

wanted as (
    select file_id, segment_id
    from source_file
    cross join (
        select 'CLP' as segment_id
        union all
        select 'SVC' as segment_id
        union all
        select 'CAS' as segment_id
        union all
        select 'PLB' as segment_id
    ) as names
    where kind = 'remittance_835'
        and file_id not in (select file_finding.file_id from file_finding where file_finding.code = 'segments_not_read')
)

select
    wanted.file_id,
    wanted.segment_id,
    coalesce(in_rows.row_count, 0) as row_count
from wanted
left join in_rows on wanted.file_id = in_rows.file_id and wanted.segment_id = in_rows.segment_id
order by wanted.file_id, wanted.segment_id
