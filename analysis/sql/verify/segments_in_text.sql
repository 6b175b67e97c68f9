-- Claims, lines, adjustments and provider adjustments counted in the kept text are those that became rows.
--
-- grain:   one row per 835 file and segment that differs and carries no finding of it
-- key:     file_id, segment_id
-- params:  none
-- units:   counts of segments
with wanted as (
    select 'CLP' as segment_id
    union all
    select 'SVC' as segment_id
    union all
    select 'CAS' as segment_id
    union all
    select 'PLB' as segment_id
),

in_text as (
    select
        source_text.file_id,
        wanted.segment_id,
        sum(
            (
                length(source_text.body)
                - length(
                    replace(
                        source_text.body,
                        source_text.terminator || wanted.segment_id || source_text.element_separator,
                        ''
                    )
                )
            ) // 5
        ) as text_count
    from source_text
    cross join wanted
    where source_text.element_separator is not null
    group by source_text.file_id, wanted.segment_id
),

in_rows as (
    select file_id, 'CLP' as segment_id, count(*) as row_count from claim_payment group by file_id
    union all
    select file_id, 'SVC' as segment_id, count(*) as row_count from service_payment group by file_id
    union all
    select file_id, 'CAS' as segment_id, count(distinct place) as row_count from claim_adjustment group by file_id
    union all
    select file_id, 'PLB' as segment_id, count(distinct place) as row_count from provider_adjustment group by file_id
)

select
    in_text.file_id,
    in_text.segment_id,
    cast(in_text.text_count as bigint) as text_count,
    coalesce(in_rows.row_count, 0) as row_count
from in_text
left join in_rows on in_text.file_id = in_rows.file_id and in_text.segment_id = in_rows.segment_id
left join file_finding
    on in_text.file_id = file_finding.file_id and file_finding.code = 'segments_not_read'
where in_text.text_count <> coalesce(in_rows.row_count, 0) and file_finding.file_id is null
order by in_text.file_id, in_text.segment_id
